//! There is one path.

use blink_alloc::blink_frame;

#[blink_frame(crate = blink_alloc, crate = blink_alloc)]
fn answer() -> u32 {
    *blink.put(42)
}

fn main() {}
