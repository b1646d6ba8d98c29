//! The frame is entered by the parameter, and not by a reference to it.

use blink_alloc::{Frame, blink_frame};

#[blink_frame]
fn answer(ref blink: &mut Frame<'_>) -> u32 {
    *blink.put(42)
}

fn main() {}
