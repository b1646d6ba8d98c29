//! Rule 9: a collection on a handle is not alive over a call that takes the handle.

use allocator_api2::vec::Vec;
use blink_alloc::{Blink, Frame};

fn callee(_: &mut Frame<'_>) {}

fn main() {
    let mut blink = Blink::new();
    let mut frame = blink.as_frame();
    let mut numbers = Vec::new_in(&frame);
    numbers.push(1);
    callee(&mut frame);
    numbers.push(2);
}
