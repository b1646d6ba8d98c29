//! A field of a variant, of a type that nothing is derived for.

use blink_alloc::BlinkClone;

struct Color;

#[derive(BlinkClone)]
enum Shape {
    Empty,
    Dot(u32, Color),
    Line { width: u32 },
}

fn main() {}
