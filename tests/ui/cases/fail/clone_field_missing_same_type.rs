//! Two fields of one type that nothing is derived for: one mistake.

use blink_alloc::BlinkClone;

struct Color;

#[derive(BlinkClone)]
struct Pixel {
    fore: Color,
    back: Color,
}

fn main() {}
