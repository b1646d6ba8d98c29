//! Derives and attributes for a twin where there is none.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
#[blink(derive(Debug))]
struct Pixel {
    x: u32,
}

#[derive(BlinkClone)]
#[blink(derive(Debug))]
struct Token<'a> {
    text: &'a str,
}

#[derive(BlinkClone)]
#[blink(attr(must_use))]
enum Shape {
    Dot,
}

fn main() {}
