//! `SyncBlink`: values that threads put, and that are dropped once, by one thread.

use std::sync::{Arc, Mutex};

use blink_alloc::{Frame, Shared, SyncBlink, SyncBlinkAlloc};
use loom::{cell::UnsafeCell, thread};

use crate::{
    memory::{Buffer, Memory},
    model::explore,
};

type Arena = SyncBlinkAlloc<Memory>;

/// The numbers of values in the order in which they were dropped.
type Log = Arc<Mutex<Vec<u32>>>;

/// A value whose uses loom watches.
struct Value {
    number: UnsafeCell<u32>,
    log: Log,
}

impl Value {
    fn new(log: &Log) -> Self {
        Self {
            number: UnsafeCell::new(0),
            log: log.clone(),
        }
    }

    fn set(&mut self, number: u32) {
        // SAFETY: the value is ours.
        self.number.with_mut(|place| unsafe { *place = number });
    }
}

impl Drop for Value {
    fn drop(&mut self) {
        // SAFETY: as above. Loom knows whether another thread writes.
        let number = self.number.with_mut(|place| unsafe { *place });
        self.log.lock().unwrap().push(number);
    }
}

fn put(frame: &Frame<'_, Arena, Shared>, log: &Log, numbers: [u32; 2]) {
    for number in numbers {
        frame.put(Value::new(log)).set(number);
    }
}

/// Each value once, and those of a thread newest first.
fn check(log: &Log, threads: &[[u32; 2]]) {
    let order = std::mem::take(&mut *log.lock().unwrap());
    assert_eq!(order.len(), 2 * threads.len());
    for &[first, second] in threads {
        let of_thread = order.iter().filter(|&&n| n == first || n == second);
        assert!(of_thread.eq(&[second, first]), "{order:?}");
    }
}

/// Two threads put into one frame, then one of them into the adaptor, and all ends.
fn race(first_chunk: usize) {
    let buffer = Buffer::new();
    explore(move || {
        let arena = Arena::with_chunk_size_in(first_chunk, Memory::new(buffer));
        let mut blink = SyncBlink::new_in(arena);
        let log = Log::default();
        blink.scope(|frame| {
            let frame: &Frame<'_, Arena, Shared> = frame;
            // Loom has no scoped threads. This one ends before the frame, and so does its
            // reference.
            let frame: &'static Frame<'static, Arena, Shared> =
                // SAFETY: as just said.
                unsafe { std::mem::transmute(frame) };
            let other = thread::spawn({
                let log = log.clone();
                move || put(frame, &log, [10, 11])
            });
            put(frame, &log, [20, 21]);
            other.join().unwrap();
        });
        check(&log, &[[10, 11], [20, 21]]);
        put(&blink.as_frame(), &log, [30, 31]);
        blink.reset();
        check(&log, &[[30, 31]]);
    });
    buffer.free();
}

#[test]
fn with_room() {
    race(4096);
}

/// The smallest chunk, which has no room for one value.
#[test]
fn with_a_chunk_for_each() {
    race(0);
}
