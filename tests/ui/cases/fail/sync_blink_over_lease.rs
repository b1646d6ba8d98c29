//! A local arena is of one thread, an adaptor for several is not made over it.

use std::thread;

use blink_alloc::{SyncBlink, SyncBlinkAlloc};

fn main() {
    let shared = SyncBlinkAlloc::new();
    let blink = SyncBlink::new_in(shared.local());
    thread::scope(|scope| {
        scope.spawn(|| _ = blink.put(1));
    });
}
