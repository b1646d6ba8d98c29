//! `in` has a value.

use blink_alloc::blink_frame;

#[blink_frame(in)]
fn answer() -> u32 {
    *blink.put(42)
}

fn main() {}
