//! `thread_local` has no value.

use blink_alloc::blink_frame;

#[blink_frame(thread_local = true)]
fn answer() -> u32 {
    *blink.put(42)
}

fn main() {}
