//! A type that becomes itself has to have some value in a field that is left out.

use blink_alloc::BlinkClone;

struct Color;

#[derive(BlinkClone)]
struct Token<'a> {
    text: &'a str,
    #[blink(skip)]
    color: Color,
}

fn main() {}
