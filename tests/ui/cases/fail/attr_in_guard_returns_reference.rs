//! The same where a guard of the arena is held for the frame.

use std::cell::RefCell;

use blink_alloc::{Blink, blink_frame};

#[blink_frame(in = scratch.borrow_mut())]
fn shout(scratch: &RefCell<Blink>) -> &str {
    blink.copy_str("a")
}

fn main() {
    shout(&RefCell::new(Blink::new()));
}
