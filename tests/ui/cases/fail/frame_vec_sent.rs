//! Rule 8: a collection on a sendable handle stays in its thread: the handle does.

use std::thread;

use allocator_api2::vec::Vec;
use blink_alloc::{Blink, SendBlink};

fn main() {
    let mut blink = SendBlink::new(Blink::new());
    let frame = blink.as_frame();
    let mut numbers = Vec::new_in(&frame);
    thread::scope(|scope| {
        scope.spawn(move || numbers.push(1));
    });
}
