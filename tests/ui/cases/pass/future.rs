//! A future that holds a `SendBlink` and values of it may be sent between two polls.

use std::{
    future::{Future, poll_fn},
    pin::pin,
    task::{Context, Poll, Waker},
    thread,
};

use blink_alloc::{Blink, SendBlink};

/// Is pending once.
async fn pause() {
    let mut polled = false;
    let once = poll_fn(|_| {
        if std::mem::replace(&mut polled, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    });
    once.await;
}

async fn request(name: String) -> usize {
    let mut blink = SendBlink::new(Blink::new());
    let name = blink.put(name);
    pause().await;
    name.push('!');
    let words = blink.fill_iter(name.split(' ').map(str::to_owned));
    pause().await;
    let len = words.len();
    blink.reset();
    pause().await;
    *blink.put(len)
}

fn poll<F: Future + Send>(future: &mut std::pin::Pin<&mut F>) -> Poll<F::Output> {
    future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
}

fn main() {
    let mut future = pin!(request("to be".to_owned()));
    for _ in 0..3 {
        thread::scope(|scope| {
            scope.spawn(|| assert!(poll(&mut future).is_pending()));
        });
    }
    assert_eq!(poll(&mut future), Poll::Ready(2));
}
