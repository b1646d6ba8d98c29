//! A local arena moves its cursor without synchronization.

use std::thread;

use blink_alloc::{Blink, SyncBlinkAlloc};

fn main() {
    let shared = SyncBlinkAlloc::new();
    let local = shared.local();
    thread::scope(|scope| {
        let local = &local;
        scope.spawn(move || _ = Blink::new_in(local).put(1));
        Blink::new_in(local).put(2);
    });
}
