//! A reference that the body gets from its handle does not outlive a frame that it enters.

use blink_alloc::blink_frame;

#[blink_frame]
fn parent() -> u32 {
    let inner;
    {
        let mut guard = blink.enter();
        inner = guard.frame().put(1);
    }
    *inner
}

fn main() {}
