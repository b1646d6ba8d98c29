//! Adaptors that go to other threads, with what they hold.

use std::{
    cell::Cell,
    rc::Rc,
    sync::{Arc, Mutex},
    thread::{self, ThreadId},
};

use blink_alloc::{Blink, BlinkAlloc, SendBlink};
use blink_tests::drops::{self, Counted, Word, planned};

type Log = Arc<Mutex<Vec<(u32, ThreadId)>>>;

/// A value that says where it is dropped.
#[derive(Clone)]
struct Traced(u32, Log);

impl Drop for Traced {
    fn drop(&mut self) {
        let here = thread::current().id();
        self.1.lock().unwrap().push((self.0, here));
    }
}

/// Puts values with the ids from 0 to 20 by every kind of method.
fn put_all(blink: &SendBlink, log: &Log) {
    let new = |id| Traced(id, log.clone());
    blink.put(new(0));
    blink.try_put(new(1)).ok().unwrap();
    blink.emplace().value(new(2));
    blink.emplace().with(|| new(3));
    assert!(
        blink
            .emplace()
            .with_fallible(|| Ok::<_, ()>(new(4)))
            .is_ok()
    );
    blink.put_box(Box::new(new(5)));
    let any: Box<dyn std::any::Any + Send> = Box::new(new(6));
    blink.put_box(any);
    blink.put_slice(vec![new(7), new(8)]);
    blink.put_slice([new(9)]);
    blink.fill_with(3, |at| new(10 + at as u32));
    blink.fill_iter((13..15).map(new));
    blink
        .fill_iter_fallible((15..17).map(|id| Ok::<_, ()>(new(id))))
        .unwrap();
    blink.emplace().from_iter((17..19).map(new));
    blink.fill(1, new(19));
    // SAFETY: the value is `'static` and `Send`.
    unsafe { blink.emplace_unchecked() }.value(new(20));
    // What borrows and is not dropped need not be `Send`.
    let cell = Cell::new(1);
    let shared = blink.emplace_shared().value(&cell);
    blink.put_no_drop(shared).set(2);
    assert_eq!(cell.get(), 2);
}

/// Every value was dropped once, in this thread.
fn assert_dropped_in(log: &Log, place: ThreadId) {
    let mut dropped = log.lock().unwrap();
    assert!(dropped.iter().all(|&(_, id)| id == place));
    let mut ids: Vec<u32> = dropped.drain(..).map(|(id, _)| id).collect();
    ids.sort_unstable();
    assert_eq!(ids, (0..21).collect::<Vec<_>>());
}

#[test]
fn values_are_dropped_where_the_adaptor_is_emptied() {
    let ends: [fn(SendBlink) -> Option<SendBlink>; 5] = [
        |mut blink| {
            blink.reset();
            assert_eq!(blink.allocator().allocated_bytes(), 0);
            Some(blink)
        },
        |mut blink| {
            blink.drop_all();
            Some(blink)
        },
        |blink| {
            drop(blink);
            None
        },
        |blink| {
            drop(blink.into_inner());
            None
        },
        |blink| Some(SendBlink::new(blink.into_inner())),
    ];
    let log = Log::default();
    for end in ends {
        let blink = SendBlink::new(Blink::new());
        put_all(&blink, &log);
        let worker = thread::spawn(move || end(blink));
        let place = worker.thread().id();
        let back = worker.join().unwrap();
        assert_dropped_in(&log, place);
        // What comes back is an adaptor like any other.
        if let Some(mut blink) = back {
            put_all(&blink, &log);
            blink.reset();
            assert_dropped_in(&log, thread::current().id());
        }
    }
}

#[test]
fn an_adaptor_goes_through_many_threads() {
    let log = Log::default();
    let mut blink = SendBlink::<BlinkAlloc>::default();
    for id in 0..21 {
        let value = Traced(id, log.clone());
        let worker = thread::spawn(move || {
            blink.put(value);
            blink.fill_iter(0..100);
            blink
        });
        blink = worker.join().unwrap();
    }
    assert!(log.lock().unwrap().is_empty());
    drop(blink);
    assert_dropped_in(&log, thread::current().id());
}

#[test]
fn what_may_not_be_sent_is_dropped_before() {
    drops::restart();
    let counted = Rc::new(1);
    let blink = Blink::new();
    blink.put(counted.clone());
    blink.fill(5, counted.clone());
    blink.put(Word::new(1));
    let blink = SendBlink::new(blink);
    assert_eq!(Rc::strong_count(&counted), 1);
    assert_eq!(drops::dropped(), 1);
    assert_eq!(blink.allocator().allocated_bytes(), 0);
    assert!(blink.allocator().total_capacity() > 0, "the memory stays");
}

#[test]
fn into_inner_keeps_everything() {
    drops::restart();
    let mut blink = SendBlink::new(Blink::new());
    for round in 0..3 {
        blink.put(Word::new(1));
        let used = blink.allocator().allocated_bytes();
        let mut local = blink.into_inner();
        assert_eq!(drops::dropped(), 3 * round);
        assert_eq!(local.allocator().allocated_bytes(), used);
        local.put(Word::new(2));
        local.put(Rc::new(3));
        local.drop_all();
        local.put(Word::new(4));
        blink = SendBlink::new(local);
        assert_eq!(drops::dropped(), 3 * (round + 1));
    }
    assert_eq!(drops::order(), [2, 1, 4].repeat(3));
}

#[test]
fn a_panic_before_it_is_sent_leaves_nothing() {
    for n in 0..4 {
        drops::restart();
        let mut arena = BlinkAlloc::new();
        let blink = Blink::new_in(&mut arena);
        blink.fill_with(3, |at| Word::new(at as u32));
        drops::panic_after(n);
        assert_eq!(planned(|| drop(SendBlink::new(blink))), n < 3);
        drops::assert_all_dropped();
        assert_eq!(arena.allocated_bytes(), 0);
    }
}

#[test]
fn it_is_shown_and_made_like_the_other() {
    let blink = SendBlink::<BlinkAlloc>::default();
    assert!(format!("{blink:?}").starts_with("SendBlink {"));
    assert_eq!(blink.allocator().total_capacity(), 0);
    fn is_send<T: Send>(_: &T) {}
    is_send(&blink);
}
