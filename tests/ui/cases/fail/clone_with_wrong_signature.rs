//! A function that takes no cloner.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
struct Name {
    #[blink(as = usize, with = length)]
    name: String,
}

fn length<E>(name: &str) -> Result<usize, E> {
    Ok(name.len())
}

fn main() {}
