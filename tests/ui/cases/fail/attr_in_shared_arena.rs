//! A frame is entered by whoever has the arena for itself.

use blink_alloc::{Blink, BlinkAlloc, blink_frame};

#[blink_frame(in = shared)]
fn answer(shared: &mut Blink<&BlinkAlloc>) -> u32 {
    *blink.put(42)
}

fn main() {}
