//! A frame of a `SyncBlink` is filled by several threads, and entered by who has it alone.

use blink_alloc::{BlinkAlloc, SyncBlink};

fn main() {
    let arena = BlinkAlloc::new();
    let mut blink = SyncBlink::new_in(arena);
    let mut frame = blink.as_frame();
    let shared = &frame;
    frame.enter();
    shared.put(1);
}
