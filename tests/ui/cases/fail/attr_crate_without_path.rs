//! The path is a path.

use blink_alloc::blink_frame;

#[blink_frame(crate = 1)]
fn answer() -> u32 {
    *blink.put(42)
}

fn main() {}
