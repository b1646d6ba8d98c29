//! The parameter of the frame is plain.

use blink_alloc::{Frame, blink_frame};

#[blink_frame]
fn answer(blink @ _: &mut Frame<'_>) -> u32 {
    *blink.put(42)
}

fn main() {}
