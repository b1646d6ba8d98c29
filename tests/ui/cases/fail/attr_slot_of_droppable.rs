//! Nothing drops what is in a slot.

use blink_alloc::{Blink, Slot, blink_frame};

#[blink_frame]
fn name(slot: Slot<'_, String>) {
    slot.fill(blink.copy_str("name").to_owned());
}

fn main() {
    let mut root = Blink::new();
    let mut frame = root.as_frame();
    let slot = frame.slot();
    name(&mut frame, slot);
}
