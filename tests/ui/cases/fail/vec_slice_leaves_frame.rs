//! A slice that was a vector of a frame ends with the frame, and so do text and zeroes.

use blink_alloc::{Blink, blink_format, blink_vec};

fn main() {
    let mut blink = Blink::new();
    let _ = blink.scope(|frame| blink_vec![in &**frame; 1, 2].into_slice());
    let _ = blink.scope(|frame| frame.string().into_str());
    let _ = blink.scope(|frame| blink_format!(in frame, "{}", 1));
    let _ = blink.scope(|frame| frame.copy_path("a/b"));
}
