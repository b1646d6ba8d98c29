//! `#[blink_frame]`: functions of every kind with a frame of their own, which leaves no trace.

mod attributes;
mod elision;
mod functions;
mod futures;
mod hygiene;
mod macros;
mod methods;
mod names;
mod parameters;
mod places;
mod temporaries;

use std::{
    any::Any,
    cell::RefCell,
    fmt::Display,
    future::poll_fn,
    mem::ManuallyDrop,
    pin::{Pin, pin},
    rc::Rc,
    sync::{Arc, Mutex},
    task::{Context, Poll, Waker},
    thread,
};

use allocator_api2::alloc::System;
use blink_alloc::{Blink, BlinkAlloc, Frame, SendBlink, Sendable, Slot, blink_frame};
use blink_tests::drops::{self, Counted, Word, panic_as_planned, planned};

/// Calls `f` a few times with a frame of an arena that is in use. It leaves neither bytes nor
/// values.
#[track_caller]
fn traceless<R>(mut f: impl FnMut(&mut Frame<'_>) -> R) -> R {
    let mut root = Blink::new();
    root.copy_str("of the caller");
    let used = root.allocator().allocated_bytes();
    for _ in 0..3 {
        drops::restart();
        f(&mut root.as_frame());
        assert_eq!(root.allocator().allocated_bytes(), used);
        drops::assert_counts();
    }
    f(&mut root.as_frame())
}

/// Whether `f` ends by a planned panic, each time, and leaves no trace.
#[track_caller]
fn panics(mut f: impl FnMut(&mut Frame<'_>)) {
    traceless(|frame| assert!(planned(|| f(frame))));
}

/// Is pending once.
async fn pause() {
    let mut polled = false;
    poll_fn(|_| {
        if std::mem::replace(&mut polled, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
}

fn poll<F: Future + ?Sized>(future: &mut Pin<&mut F>) -> Poll<F::Output> {
    future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
}

/// Polls until it is ready. Returns how often that was, too.
fn finish<F: Future>(future: F) -> (F::Output, usize) {
    let mut future = pin!(future);
    let mut polls = 0;
    loop {
        polls += 1;
        if let Poll::Ready(output) = poll(&mut future) {
            return (output, polls);
        }
    }
}

#[blink_frame]
fn sum(numbers: &[u32]) -> u32 {
    blink.put(Word::new(1));
    blink.copy_slice(numbers).iter().sum()
}

#[blink_frame]
fn nothing() {}
