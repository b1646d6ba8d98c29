//! Rule 8: a sendable frame is used by one thread at a time.

use std::thread;

use blink_alloc::{Blink, SendBlink};

fn main() {
    let mut blink = SendBlink::new(Blink::new());
    let frame = blink.as_frame();
    thread::scope(|scope| {
        scope.spawn(|| frame.put(1));
    });
}
