//! I7: a `Blink` may hold what is bound to its thread, and drops it with its guard.

use std::{rc::Rc, thread};

use blink_alloc::BlinkAllocCache;

fn main() {
    let cache = <BlinkAllocCache>::new();
    let blink = cache.get_blink();
    blink.put(Rc::new(1));
    thread::scope(|scope| {
        scope.spawn(move || drop(blink));
    });
}
