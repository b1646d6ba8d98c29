//! Rules 1 and 2: a frame has one frame in it at a time, and a guard one handle.

use blink_alloc::Blink;

fn main() {
    let mut blink = Blink::new();
    let mut parent = blink.as_frame();
    let first = parent.enter();
    let second = parent.enter();
    drop(first);
    drop(second);

    let mut guard = parent.enter();
    let one = guard.frame();
    let other = guard.frame();
    one.put(1);
    other.put(2);
}
