//! An arena goes to another thread and comes back, by value and by exclusive reference.

use std::thread;

use blink_alloc::{Blink, BlinkAlloc};

fn main() {
    let arena = BlinkAlloc::with_capacity(100);
    let mut arena = thread::spawn(move || {
        Blink::new_in(&arena).put(1);
        arena
    })
    .join()
    .unwrap();
    assert!(arena.allocated_bytes() >= 4);

    thread::scope(|scope| {
        scope.spawn(|| arena.reset());
    });
    assert_eq!(arena.allocated_bytes(), 0);
}
