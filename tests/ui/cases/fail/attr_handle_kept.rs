//! What the caller calls back later is not given the handle to keep.

use blink_alloc::{Frame, blink_frame};

#[blink_frame]
fn lend<'k>(keep: &mut Option<&'k mut Frame<'k>>) {
    *keep = Some(blink);
}

fn main() {}
