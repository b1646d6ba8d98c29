//! Nor does one go to another thread with an arena of this one.

use blink_alloc::blink_frame;

#[blink_frame(thread_local)]
async fn length(text: &str) -> usize {
    let copy = blink.copy_str(text);
    std::future::ready(()).await;
    copy.len()
}

fn sent<T: Send>(_: T) {}

fn main() {
    sent(length("text"));
}
