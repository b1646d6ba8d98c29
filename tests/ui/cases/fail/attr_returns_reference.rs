//! What is put into a frame ends with the function.

use blink_alloc::blink_frame;

#[blink_frame]
fn answer<'a>() -> &'a u32 {
    blink.put(42)
}

fn main() {}
