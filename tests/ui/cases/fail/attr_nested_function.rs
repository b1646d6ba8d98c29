//! A function in the body is not in the frame.

use blink_alloc::blink_frame;

#[blink_frame]
fn outer() -> u32 {
    fn inner() -> u32 {
        *blink.put(1)
    }
    inner()
}

fn main() {}
