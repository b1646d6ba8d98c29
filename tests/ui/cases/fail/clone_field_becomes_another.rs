//! A type with a lifetime becomes itself, and a field of it is a type that becomes another one.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
struct Name {
    name: String,
}

#[derive(BlinkClone)]
struct Token<'a> {
    text: &'a str,
    name: Name,
}

fn main() {}
