//! A copy with a cell in it stays with its thread: it is shared with whoever holds the arena's
//! other references.

use std::{cell::Cell, thread};

use blink_alloc::{Blink, BlinkClone, SendBlink};

#[derive(BlinkClone)]
struct Counter {
    name: String,
    counts: Vec<Cell<u32>>,
}

fn main() {
    let blink = SendBlink::new(Blink::new());
    let copy = blink.clone_in(&Counter {
        name: String::new(),
        counts: Vec::new(),
    });
    thread::scope(|scope| {
        scope.spawn(move || copy.counts[0].set(1));
    });
}
