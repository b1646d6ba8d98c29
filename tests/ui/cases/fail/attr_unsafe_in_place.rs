//! The expansion lends no `unsafe` to what the user writes.

use blink_alloc::{Blink, blink_frame};

unsafe fn arena() -> Blink {
    Blink::new()
}

#[blink_frame(in = arena())]
fn answer() -> u32 {
    *blink.put(42)
}

fn main() {}
