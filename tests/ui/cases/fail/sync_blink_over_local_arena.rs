//! A `BlinkAlloc` moves its cursor without synchronization, whatever is around it.

use std::thread;

use blink_alloc::{BlinkAlloc, SyncBlink};

fn main() {
    let blink = SyncBlink::new_in(BlinkAlloc::new());
    thread::scope(|scope| {
        scope.spawn(|| _ = blink.put(1));
        scope.spawn(|| _ = blink.put(2));
    });
}
