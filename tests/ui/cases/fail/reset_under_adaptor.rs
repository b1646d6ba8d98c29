//! An adaptor's values are in the arena.

use blink_alloc::{Blink, BlinkAlloc};

fn main() {
    let mut arena = BlinkAlloc::new();
    let blink = Blink::new_in(&arena);
    arena.reset();
    blink.put(1);
}
