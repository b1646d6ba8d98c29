//! Rule 8: a frame that may hold an `Rc` stays in its thread.

use std::thread;

use blink_alloc::Blink;

fn main() {
    let mut blink = Blink::new();
    let frame = blink.as_frame();
    thread::scope(|scope| {
        scope.spawn(move || frame.put(1));
    });
}
