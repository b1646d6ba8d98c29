//! A number is not an argument.

use blink_alloc::blink_frame;

#[blink_frame(1)]
fn answer() -> u32 {
    *blink.put(42)
}

fn main() {}
