//! The frame is in one arena, in any order.

use blink_alloc::blink_frame;

#[blink_frame(in = ARENA, thread_local)]
fn answer() -> u32 {
    *blink.put(42)
}

fn main() {}
