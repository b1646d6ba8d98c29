//! Futures with frames: those of a sendable arena may be sent, and those of one arena follow one
//! another.

use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

use blink_alloc::{Blink, BlinkAlloc, Frame, SendBlink, Sendable, Sharing, blink_frame};

#[blink_frame]
async fn length<A: blink_alloc::Rewind, M: Sharing>(blink: &mut Frame<'_, A, M>, text: &str) -> usize {
    let copy = blink.copy_str(text);
    std::future::ready(()).await;
    copy.len()
}

#[blink_frame]
async fn total(blink: &mut Frame<'_, BlinkAlloc, Sendable>, texts: &[&str]) -> usize {
    let mut total = 0;
    for text in texts {
        total += length(blink, text).await;
    }
    *blink.put(total)
}

#[blink_frame(in = arena)]
async fn owned(mut arena: SendBlink, text: &str) -> usize {
    length(blink, text).await
}

fn sent<T: Send>(future: T) -> T {
    future
}

fn ready<T>(future: impl Future<Output = T>) -> T {
    let mut cx = Context::from_waker(Waker::noop());
    match pin!(future).poll(&mut cx) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

fn main() {
    let mut root = SendBlink::new(Blink::new());
    let mut frame = root.as_frame();
    assert_eq!(ready(sent(total(&mut frame, &["a", "bb"]))), 3);
    assert_eq!(ready(sent(total(&mut frame, &["ccc"]))), 3);
    assert_eq!(ready(sent(owned(root, "text"))), 4);
    let mut local = Blink::new();
    assert_eq!(ready(length(&mut local.as_frame(), "text")), 4);
}
