//! What becomes of a type that belongs to a parameter has to be said.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
struct Ahead<I: Iterator> {
    iterator: I,
    peeked: Option<I::Item>,
}

fn main() {}
