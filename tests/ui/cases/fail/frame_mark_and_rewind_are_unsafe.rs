//! A mark can be set by anybody; to rewind to it is a promise.

use blink_alloc::{BlinkAlloc, Rewind};

fn main() {
    let arena = BlinkAlloc::new();
    let mark = arena.mark();
    arena.rewind(mark);
    Rewind::rewind(&arena, mark);
}
