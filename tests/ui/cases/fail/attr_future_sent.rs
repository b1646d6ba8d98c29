//! The future of a function with a local frame stays in its thread.

use blink_alloc::{Blink, blink_frame};

#[blink_frame]
async fn length(text: &str) -> usize {
    let copy = blink.copy_str(text);
    std::future::ready(()).await;
    copy.len()
}

fn sent<T: Send>(_: T) {}

fn main() {
    let mut root = Blink::new();
    let mut frame = root.as_frame();
    sent(length(&mut frame, "text"));
}
