//! What is behind a raw pointer may not be there.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
struct Node {
    value: u32,
    next: *const Node,
    previous: Option<*mut Node>,
}

fn main() {}
