//! Behind a `&mut` there would be one value for two.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
struct Cursor<'a> {
    text: &'a mut str,
    at: usize,
}

fn main() {}
