//! A word of a type that is given to a field, and the other way round.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
#[blink(as = u32)]
struct Pixel {
    #[blink(derive(Debug))]
    name: String,
    #[blink(crate = blink_alloc)]
    x: u32,
}

fn main() {}
