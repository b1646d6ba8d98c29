//! A function that is not there.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
struct Name {
    #[blink(as = usize, with = length)]
    name: String,
}

fn main() {}
