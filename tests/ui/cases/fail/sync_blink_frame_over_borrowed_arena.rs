//! Others may allocate from the arena between the mark and its rewind.

use blink_alloc::{Blink, SyncBlink, SyncBlinkAlloc};

fn main() {
    let arena = SyncBlinkAlloc::new();
    Blink::new_in(&arena).enter();
    SyncBlink::new_in(&arena).scope(|_| ());
    let local = arena.local();
    Blink::new_in(&local).as_frame();
}
