//! Two frames of one arena at the same time: the inner call has the handle.

use blink_alloc::{Frame, blink_frame};

#[blink_frame]
fn call(f: impl FnOnce(&mut Frame<'_>)) {
    f(blink)
}

#[blink_frame]
fn outer() {
    call(blink, |_| {
        blink.put(1);
    });
}

fn main() {}
