//! Two futures that run at the same time cannot both have the top of one arena.

use std::future::Future;

use blink_alloc::{Blink, blink_frame};

#[blink_frame]
async fn length(text: &str) -> usize {
    let copy = blink.copy_str(text);
    std::future::ready(()).await;
    copy.len()
}

fn both<T>(_: impl Future<Output = T>, _: impl Future<Output = T>) {}

fn main() {
    let mut root = Blink::new();
    let mut frame = root.as_frame();
    let first = length(&mut frame, "a");
    let second = length(&mut frame, "b");
    both(first, second);
}
