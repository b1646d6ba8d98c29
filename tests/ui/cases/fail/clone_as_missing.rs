//! The type of the copy is said, but not how it is made.

use blink_alloc::BlinkClone;

struct Color;

#[derive(BlinkClone)]
struct Pixel {
    #[blink(as = Color)]
    color: Color,
}

fn main() {}
