//! References end with the reset, in whatever thread they were made.

use std::thread;

use blink_alloc::{SyncBlink, SyncBlinkAlloc};

fn main() {
    let mut blink = SyncBlink::new();
    let value = thread::scope(|scope| scope.spawn(|| blink.put(1)).join().unwrap());
    blink.reset();
    *value = 2;

    let value = blink.put(1);
    let arena = blink.into_allocator();
    *value = 2;

    let mut arena: SyncBlinkAlloc = arena;
    let value = SyncBlink::new_in(&arena).copy_str("gone with the adaptor");
    value.len();
    let blink = SyncBlink::new_in(&arena);
    arena.reset();
    blink.put(1);
}
