//! A function that makes something else than what is said.

use blink_alloc::{BlinkClone, Cloner};

#[derive(BlinkClone)]
struct Name {
    #[blink(as = u32, with = length)]
    name: String,
}

fn length<'blink, C: Cloner<'blink>>(name: &str, _: &mut C) -> Result<usize, C::Error> {
    Ok(name.len())
}

fn main() {}
