//! A closure that puts into the frame does not leave it.

use blink_alloc::blink_frame;

#[blink_frame]
fn counter() -> impl FnMut() -> u32 {
    move || *blink.put(1)
}

fn main() {}
