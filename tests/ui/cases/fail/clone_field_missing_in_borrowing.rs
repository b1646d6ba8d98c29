//! A type with a lifetime, and fields of a type that nothing is derived for.

use blink_alloc::BlinkClone;

struct Color;

#[derive(BlinkClone)]
struct Pixel<'a> {
    name: &'a str,
    color: Color,
    colors: &'a [Color],
}

fn main() {}
