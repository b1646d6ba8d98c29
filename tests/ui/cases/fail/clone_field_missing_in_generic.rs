//! The argument of a type that can be copied cannot be.

use blink_alloc::BlinkClone;

struct Color;

#[derive(BlinkClone)]
struct At<T> {
    x: u32,
    value: T,
}

#[derive(BlinkClone)]
struct Pixel {
    color: At<Color>,
}

fn main() {}
