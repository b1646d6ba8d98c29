//! The path does not lead to `blink_alloc`.

use blink_alloc::blink_frame;

#[blink_frame(crate = std)]
fn answer() -> u32 {
    *blink.put(42)
}

fn main() {}
