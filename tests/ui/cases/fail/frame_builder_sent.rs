//! Rule 8: a builder of a sendable frame stays in its thread: the handle does.

use std::thread;

use blink_alloc::{Blink, SendBlink};

fn main() {
    let mut blink = SendBlink::new(Blink::new());
    let frame = blink.as_frame();
    let builder = frame.emplace::<u32>();
    thread::scope(|scope| {
        scope.spawn(move || _ = builder.value(1));
    });
}
