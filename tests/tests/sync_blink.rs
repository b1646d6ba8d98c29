//! An adaptor that several threads fill at once.

use std::{
    mem,
    panic::{AssertUnwindSafe, catch_unwind},
    ptr::{self, NonNull},
    sync::{Arc, Mutex, MutexGuard},
    thread,
};

use allocator_api2::alloc::{AllocError, Allocator, Layout};
use blink_alloc::{Blink, BlinkAlloc, BlinkAllocator, Frame, Mark, Rewind, Shared, SyncBlink};

const THREADS: u32 = 4;
const PUTS: u32 = if cfg!(miri) { 25 } else { 1000 };

/// An arena behind a lock.
#[derive(Debug, Default)]
struct Locked(Mutex<BlinkAlloc>);

impl Locked {
    fn lock(&self) -> MutexGuard<'_, BlinkAlloc> {
        self.0.lock().unwrap()
    }
}

// SAFETY: that of the arena, which one thread at a time uses.
unsafe impl Allocator for Locked {
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        Allocator::allocate(&*self.lock(), layout)
    }

    unsafe fn deallocate(&self, block: NonNull<u8>, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { Allocator::deallocate(&*self.lock(), block, layout) }
    }

    unsafe fn grow(
        &self,
        block: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<[u8]>, AllocError> {
        // SAFETY: the caller's promise.
        unsafe { self.lock().grow(block, old, new) }
    }

    unsafe fn shrink(
        &self,
        block: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<[u8]>, AllocError> {
        // SAFETY: the caller's promise.
        unsafe { self.lock().shrink(block, old, new) }
    }
}

// SAFETY: `reset` needs `&mut` of the arena, of which there is one.
unsafe impl BlinkAllocator for Locked {
    fn reset(&mut self) {
        self.0.get_mut().unwrap().reset();
    }

    fn tip(&self) -> usize {
        BlinkAllocator::tip(&*self.lock())
    }

    fn room(&self, start: NonNull<u8>, layout: Layout) -> usize {
        BlinkAllocator::room(&*self.lock(), start, layout)
    }
}

// SAFETY: it owns the arena, and is not `Clone`.
unsafe impl Rewind for Locked {
    type Mark = Mark;

    fn mark(&self) -> Mark {
        self.lock().mark()
    }

    unsafe fn rewind(&self, mark: Mark) {
        // SAFETY: the caller's promise.
        unsafe { Rewind::rewind(&*self.lock(), mark) }
    }
}

/// The values that were dropped: which thread had put them, and as which of its own.
type Log = Arc<Mutex<Vec<(u32, u32)>>>;

struct Traced {
    thread: u32,
    number: u32,
    log: Log,
}

impl Drop for Traced {
    fn drop(&mut self) {
        let mut log = self.log.lock().unwrap();
        log.push((self.thread, self.number));
    }
}

/// Calls a function with the number of its thread, in as many threads as there are, at once.
fn in_threads(f: impl Fn(u32) + Sync) {
    thread::scope(|scope| {
        for thread in 0..THREADS {
            let f = &f;
            scope.spawn(move || f(thread));
        }
    });
}

/// The values from 0 on that a thread has put were dropped once each, the newest first. Slices
/// are put as one value, so that theirs come in the order that `groups` says, newest first.
fn check(log: &Log, groups: &[Vec<u32>]) {
    let log = mem::take(&mut *log.lock().unwrap());
    for thread in 0..THREADS {
        let its = log.iter().filter(|dropped| dropped.0 == thread);
        let its: Vec<_> = its.map(|dropped| dropped.1).collect();
        assert_eq!(its, groups.concat(), "thread {thread}");
    }
    assert_eq!(log.len(), THREADS as usize * groups.concat().len());
}

#[test]
fn values_of_several_threads_are_dropped_once_and_newest_first() {
    let ends: [fn(SyncBlink<Locked>) -> Option<SyncBlink<Locked>>; 4] = [
        |blink| {
            drop(blink);
            None
        },
        |mut blink| {
            blink.reset();
            Some(blink)
        },
        |mut blink| {
            blink.drop_all();
            Some(blink)
        },
        |blink| Some(SyncBlink::new_in(blink.into_allocator())),
    ];
    for end in ends {
        let log = Log::default();
        let blink = SyncBlink::<Locked>::default();
        in_threads(|thread| {
            for number in 0..PUTS {
                let log = log.clone();
                let value = blink.put(Traced {
                    thread,
                    number,
                    log,
                });
                // It is this thread's own.
                assert_eq!((value.thread, value.number), (thread, number));
            }
        });
        assert!(log.lock().unwrap().is_empty());
        // Ended by a thread that has put none.
        thread::scope(|scope| {
            let end = scope.spawn(|| end(blink));
            assert!(end.join().unwrap().is_none_or(|blink| {
                blink.put(String::from("it can be filled again"));
                true
            }));
        });
        let newest_first = (0..PUTS).rev().map(|number| vec![number]);
        check(&log, &newest_first.collect::<Vec<_>>());
    }
}

/// Puts values by every kind of method.
fn put_all(frame: &Frame<'_, Locked, Shared>, thread: u32, log: &Log) {
    let new = |number| Traced {
        thread,
        number,
        log: log.clone(),
    };
    frame.put(new(0));
    frame.emplace().with(|| new(1));
    frame.put_box(Box::new(new(2)));
    let any: Box<dyn std::any::Any + Send> = Box::new(new(3));
    frame.put_box(any);
    frame.put_slice(vec![new(4), new(5)]);
    frame.fill_with(3, |at| new(6 + at as u32));
    // The iterator allocates meanwhile, and so do the other threads.
    let items = frame.fill_iter((9..40).map(|number| {
        assert_eq!(frame.copy_str("between two items"), "between two items");
        new(number)
    }));
    assert!(items.iter().map(|item| item.number).eq(9..40));
    let failed = frame.fill_iter_fallible((0..20).map(|n| if n < 10 { Ok(n) } else { Err(n) }));
    assert_eq!(failed, Err(10));
    let fits = frame
        .emplace_no_drop()
        .from_iter((0..100).filter(|n| n % 3 == 0));
    assert!(fits.iter().copied().eq((0..100).step_by(3)));
    // What is not dropped need not be `Send`.
    let here = ptr::from_ref(&thread);
    assert_eq!(*frame.put_no_drop(here), here);
}

/// What [`put_all`] puts, in the order in which it is dropped.
fn put() -> Vec<Vec<u32>> {
    let slices = [(9..40).collect(), vec![6, 7, 8], vec![4, 5]];
    let values = [3, 2, 1, 0].map(|number| vec![number]);
    slices.into_iter().chain(values).collect()
}

#[test]
fn threads_fill_one_frame() {
    let log = Log::default();
    let mut blink = SyncBlink::<Locked>::default();
    for _ in 0..if cfg!(miri) { 2 } else { 50 } {
        let mut frame = blink.as_frame();
        in_threads(|thread| put_all(&frame, thread, &log));
        let kept = frame.put(String::from("of the frame around"));

        frame.scope(|frame| in_threads(|thread| put_all(frame, thread, &log)));
        check(&log, &put());

        let mut guard = frame.enter();
        let inner = guard.frame();
        in_threads(|thread| put_all(inner, thread, &log));
        // A handle goes to another thread, which enters a frame of it.
        thread::scope(|scope| {
            scope.spawn(|| inner.scope(|frame| _ = frame.put(vec![1, 2, 3])));
        });
        thread::scope(|scope| _ = scope.spawn(|| drop(guard)));
        check(&log, &put());

        assert_eq!(kept, "of the frame around");
        blink.reset();
        check(&log, &put());
    }
}

#[test]
fn a_builder_and_a_collection_are_shared_by_threads() {
    let mut blink = SyncBlink::<Locked>::default();
    let frame = blink.as_frame();
    let builder = frame.emplace::<Vec<u32>>();
    in_threads(|thread| {
        let numbers = builder.from_iter((0..10).map(|at| vec![thread, at]));
        assert_eq!(numbers[7], [thread, 7]);
    });
    // A collection that one thread makes is completed by another.
    let mut numbers = allocator_api2::vec::Vec::new_in(&frame);
    numbers.extend([1, 2]);
    let numbers = thread::scope(|scope| {
        let worker = scope.spawn(|| {
            numbers.push(3);
            Frame::keep(numbers)
        });
        worker.join().unwrap()
    });
    assert_eq!(numbers, [1, 2, 3]);
}

#[test]
fn a_panic_of_a_destructor_keeps_no_other_from_running() {
    struct Bomb;

    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("a destructor's");
        }
    }

    let log = Log::default();
    let blink = SyncBlink::<Locked>::default();
    in_threads(|thread| {
        for number in 0..10 {
            let log = log.clone();
            blink.put(Traced {
                thread,
                number,
                log,
            });
        }
    });
    blink.put(Bomb);
    let end = AssertUnwindSafe(|| _ = blink.into_allocator());
    assert!(catch_unwind(end).is_err());
    let newest_first = (0..10).rev().map(|number| vec![number]);
    check(&log, &newest_first.collect::<Vec<_>>());
}

#[test]
fn an_arena_comes_back_as_it_is() {
    let blink = Blink::<BlinkAlloc>::default();
    let text = String::from("dropped once");
    blink.put(text);
    let used = blink.allocator().allocated_bytes();
    let arena = blink.into_allocator();
    assert_eq!(arena.allocated_bytes(), used);
    assert!(used >= size_of::<String>());
}
