//! The items of a vector are of a type that nothing is derived for.

use blink_alloc::BlinkClone;

struct Color;

#[derive(BlinkClone)]
struct Palette {
    colors: Vec<Color>,
}

fn main() {}
