//! A type with a lifetime becomes itself: its fields are of the types that they are.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
struct Token<'a> {
    text: &'a str,
    #[blink(as = &'blink str)]
    message: String,
}

fn main() {}
