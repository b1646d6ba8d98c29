//! Nor in a number.

use blink_alloc::blink_frame;

#[blink_frame(in = 1 + 1)]
fn answer() -> u32 {
    *blink.put(42)
}

fn main() {}
