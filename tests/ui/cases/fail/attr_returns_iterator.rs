//! An iterator over what is in the frame ends with the function, too.

use blink_alloc::blink_frame;

#[blink_frame]
fn numbers() -> impl Iterator<Item = u32> {
    blink.copy_slice(&[1, 2, 3]).iter().copied()
}

fn main() {}
