//! An arena is not a frame: `&mut root.as_frame()` is.

use blink_alloc::{Blink, blink_frame};

#[blink_frame]
fn length(text: &str) -> usize {
    blink.copy_str(text).len()
}

fn main() {
    let mut root = Blink::new();
    length(&mut root, "text");
}
