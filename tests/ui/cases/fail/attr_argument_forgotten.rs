//! The caller passes the frame.

use blink_alloc::blink_frame;

#[blink_frame]
fn length(text: &str) -> usize {
    blink.copy_str(text).len()
}

fn main() {
    length("text");
}
