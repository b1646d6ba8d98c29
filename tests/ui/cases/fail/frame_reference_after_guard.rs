//! Rule 2: a reference ends with the guard, even if the frame around it lives.

use blink_alloc::Blink;

fn main() {
    let mut blink = Blink::new();
    let mut parent = blink.as_frame();
    let mut guard = parent.enter();
    let number = guard.frame().put(1);
    drop(guard);
    *number += 1;
}
