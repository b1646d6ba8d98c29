//! The frame is in one arena.

use blink_alloc::blink_frame;

#[blink_frame(thread_local, in = ARENA)]
fn answer() -> u32 {
    *blink.put(42)
}

fn main() {}
