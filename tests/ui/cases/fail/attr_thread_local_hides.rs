//! The frame would hide a parameter of its name.

use blink_alloc::{Frame, blink_frame};

#[blink_frame(thread_local)]
fn answer(blink: &mut Frame<'_>) -> u32 {
    *blink.put(42)
}

fn main() {}
