//! A field of a type that nothing is derived for.

use blink_alloc::BlinkClone;

struct Color;

#[derive(BlinkClone)]
struct Pixel {
    x: u32,
    color: Color,
}

fn main() {}
