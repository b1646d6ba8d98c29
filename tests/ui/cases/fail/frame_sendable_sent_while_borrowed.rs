//! Rule 8: what need not be `Send` stays in its thread: no handle is sent in its time to
//! another thread that the reference goes with.

use std::{rc::Rc, thread};

use blink_alloc::{Blink, SendBlink};

fn main() {
    let mut blink = SendBlink::new(Blink::new());
    let frame = blink.as_frame();
    let counted = frame.put_no_drop(Rc::new(1));
    thread::scope(|scope| {
        scope.spawn(move || (frame.put(1), counted.clone()));
    });
}
