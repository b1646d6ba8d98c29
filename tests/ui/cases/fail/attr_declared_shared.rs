//! A shared handle does not enter frames.

use blink_alloc::{Frame, blink_frame};

#[blink_frame]
fn answer(blink: &Frame<'_>) -> u32 {
    *blink.put(42)
}

fn main() {}
