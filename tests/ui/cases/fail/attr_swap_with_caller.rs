//! The handle of the frame does not take the place of one of another frame.

use blink_alloc::{Frame, blink_frame};

#[blink_frame]
fn swap<'o>(out: &mut Frame<'o>) {
    std::mem::swap(blink, out);
}

fn main() {}
