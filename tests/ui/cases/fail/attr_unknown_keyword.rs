//! A keyword is not a name.

use blink_alloc::blink_frame;

#[blink_frame(fn)]
fn answer() -> u32 {
    *blink.put(42)
}

fn main() {}
