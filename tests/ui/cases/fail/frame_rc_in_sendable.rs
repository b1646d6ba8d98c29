//! Rule 8: a sendable frame takes nothing to be dropped that is bound to its thread.

use std::rc::Rc;

use blink_alloc::{Blink, SendBlink};

fn main() {
    let mut blink = SendBlink::new(Blink::new());
    let mut frame = blink.as_frame();
    frame.put(Rc::new(1));
    frame.scope(|frame| {
        frame.put(Rc::new(1));
        frame.fill(2, Rc::new(1));
    });
    let mut guard = frame.enter();
    guard.frame().put_slice([Rc::new(1)]);
}
