//! Behind a pointer that may be absent is a type that nothing is derived for.

use blink_alloc::BlinkClone;

struct Color;

#[derive(BlinkClone)]
struct Pixel {
    color: Option<Box<Color>>,
}

fn main() {}
