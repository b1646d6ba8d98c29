//! Once is enough.

use blink_alloc::blink_frame;

#[blink_frame(thread_local, thread_local)]
fn answer() -> u32 {
    *blink.put(42)
}

fn main() {}
