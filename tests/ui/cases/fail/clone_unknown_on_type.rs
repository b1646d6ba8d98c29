//! A word that says nothing of a type.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
#[blink(skip)]
struct Pixel {
    x: u32,
}

#[derive(BlinkClone)]
#[blink(rename = "Dot")]
enum Shape {
    Dot,
}

fn main() {}
