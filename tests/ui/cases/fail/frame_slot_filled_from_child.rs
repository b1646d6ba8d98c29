//! A slot lives as long as its frame, and what is filled in does, too.

use blink_alloc::{Frame, Slot};

fn fill<'o>(frame: &'o mut Frame<'_>, slot: Slot<'o, &'o str>) {
    let mut guard = frame.enter();
    slot.fill(guard.frame().copy_str("text"));
}

fn from_closure<'o>(frame: &mut Frame<'o>, slot: Slot<'o, &'o str>) {
    frame.scope(|child| _ = slot.fill(child.copy_str("text")));
}

fn main() {}
