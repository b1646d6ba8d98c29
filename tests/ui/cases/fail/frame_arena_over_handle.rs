//! Rule 5: an arena over a handle borrows it.

use blink_alloc::{Blink, BlinkAlloc};

fn main() {
    let mut blink = Blink::new();
    let mut frame = blink.as_frame();
    let mut inner = Blink::new_in(BlinkAlloc::new_in(&frame));
    let mut guard = frame.enter();
    guard.frame().put(1);
    inner.enter().frame().put(2);
}
