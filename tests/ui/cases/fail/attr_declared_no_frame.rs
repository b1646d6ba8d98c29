//! A parameter of the frame's name is a frame.

use blink_alloc::blink_frame;

#[blink_frame]
fn answer(blink: u32) -> u32 {
    *blink.put(42)
}

fn main() {}
