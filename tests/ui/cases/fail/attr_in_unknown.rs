//! The arena has to be there.

use blink_alloc::blink_frame;

#[blink_frame(in = scratch)]
fn answer() -> u32 {
    *blink.put(42)
}

fn main() {}
