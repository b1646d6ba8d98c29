//! Two fields of types that nothing is derived for.

use blink_alloc::BlinkClone;

struct Color;
struct Depth;

#[derive(BlinkClone)]
struct Pixel {
    color: Color,
    name: String,
    depth: Depth,
}

fn main() {}
