//! An item of a tuple is of a type that nothing is derived for.

use blink_alloc::BlinkClone;

struct Color;

#[derive(BlinkClone)]
struct Pixel {
    dot: (u32, Color),
}

fn main() {}
