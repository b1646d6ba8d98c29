//! A result that borrows from nothing does not borrow from the frame by accident.

use blink_alloc::blink_frame;

#[blink_frame]
fn name() -> &str {
    "name"
}

fn main() {}
