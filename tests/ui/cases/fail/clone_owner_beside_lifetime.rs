//! A type with a lifetime becomes itself, and what it owns would have to stay.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
struct Token<'a> {
    text: &'a str,
    message: String,
    notes: Vec<u32>,
    next: Option<Box<Token<'a>>>,
    parents: (u32, [std::rc::Rc<str>; 2]),
}

fn main() {}
