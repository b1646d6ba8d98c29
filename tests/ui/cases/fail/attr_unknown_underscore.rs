//! The frame needs a name.

use blink_alloc::blink_frame;

#[blink_frame(_)]
fn answer() -> u32 {
    *blink.put(42)
}

fn main() {}
