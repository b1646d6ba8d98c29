//! A function whose result is not a `Result`.

use blink_alloc::{BlinkClone, Cloner};

#[derive(BlinkClone)]
struct Name {
    #[blink(as = usize, with = length)]
    name: String,
}

fn length<'blink, C: Cloner<'blink>>(name: &str, _: &mut C) -> usize {
    name.len()
}

fn main() {}
