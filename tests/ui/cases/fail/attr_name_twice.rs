//! The frame has one name.

use blink_alloc::blink_frame;

#[blink_frame(first, second)]
fn answer() -> u32 {
    *first.put(42)
}

fn main() {}
