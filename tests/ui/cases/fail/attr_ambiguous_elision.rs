//! Which of the two the result borrows from is not said, with the attribute or without.

use blink_alloc::blink_frame;

#[blink_frame]
fn longest(a: &str, b: &str) -> &str {
    if blink.copy_str(a).len() > b.len() { a } else { b }
}

fn main() {}
