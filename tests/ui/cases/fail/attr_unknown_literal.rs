//! A name is not a string.

use blink_alloc::blink_frame;

#[blink_frame("mem")]
fn answer() -> u32 {
    *blink.put(42)
}

fn main() {}
