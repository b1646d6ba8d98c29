//! The handle of the caller cannot be named in the body: the frame hides it.

use blink_alloc::{Frame, blink_frame};

#[blink_frame]
fn answer<'f>(blink: &mut Frame<'f>) -> &'f u32 {
    macro_rules! outer {
        () => {
            blink
        };
    }
    outer!().put(42)
}

fn main() {}
