//! Nor to the body.

use blink_alloc::blink_frame;

unsafe fn number() -> u32 {
    42
}

#[blink_frame]
fn answer() -> u32 {
    *blink.put(number())
}

fn main() {}
