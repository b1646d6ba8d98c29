//! An adaptor that several threads fill at once, over every arena that they may share.

mod frames;
mod hostile;
mod steady;
mod values;

use std::{
    mem,
    ptr::{self, NonNull},
    sync::{
        LazyLock, Mutex, MutexGuard,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    thread,
};

use allocator_api2::alloc::{AllocError, Allocator, Layout};
use blink_alloc::{
    Blink, BlinkAlloc, BlinkAllocator, Frame, Mark, Rewind, Shared, SyncBlink, SyncBlinkAlloc,
};
use blink_tests::{
    counting::Counting,
    drops::{panic_as_planned, planned},
    traced::{self, Log, Traced},
};

const THREADS: u32 = 4;
const PUTS: u32 = if cfg!(miri) { 25 } else { 1000 };

type CountedBlink = SyncBlink<SyncBlinkAlloc<Counting>>;

fn counted(base: &Counting) -> CountedBlink {
    SyncBlink::new_in(SyncBlinkAlloc::new_in(base.clone()))
}

/// Calls a function that is generic over the arena with what makes adaptors, for every arena
/// that is the adaptor's own.
macro_rules! over_owned {
    ($check:ident) => {
        $check(SyncBlink::<Locked>::default);
        $check(SyncBlink::<SyncBlinkAlloc>::default);
        // Many chunks.
        $check(|| SyncBlink::with_chunk_size(0));
        // What it leaks is noticed.
        let base = Counting::new();
        $check(|| counted(&base));
    };
}

/// [`over_owned`], and for an arena that is shared by adaptors.
macro_rules! over_all {
    ($check:ident) => {
        over_owned!($check);
        let arena = SyncBlinkAlloc::new();
        $check(|| SyncBlink::new_in(&arena));
    };
}

use {over_all, over_owned};

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

/// Calls a function with the number of its thread, in as many threads as there are, at once.
fn in_threads(f: impl Fn(u32) + Sync) {
    traced::in_threads(THREADS, f);
}

/// The values from 0 on that a thread has put were dropped once each, the newest first. Slices
/// are put as one value, so that theirs come in the order that `groups` says, newest first.
#[track_caller]
fn check(log: &Log, groups: &[Vec<u32>]) {
    assert_eq!(log.alive(), 0);
    let log = log.take();
    for thread in 0..THREADS {
        let its = log.iter().filter(|dropped| dropped.0 == thread);
        let its: Vec<_> = its.map(|dropped| dropped.1).collect();
        assert_eq!(its, groups.concat(), "thread {thread}");
    }
    assert_eq!(log.len(), THREADS as usize * groups.concat().len());
}

/// Defines a function that puts values by every kind of method.
macro_rules! put_all {
    ($name:ident, $to:ty) => {
        fn $name<A: BlinkAllocator>(to: &$to, thread: u32, log: &Log) {
            let new = |number| log.value(thread, number);
            to.put(new(0));
            to.emplace().with(|| new(1));
            to.put_box(Box::new(new(2)));
            let any: Box<dyn std::any::Any + Send> = Box::new(new(3));
            to.put_box(any);
            to.put_slice(vec![new(4), new(5)]);
            to.fill_with(3, |at| new(6 + at as u32));
            // The iterator allocates meanwhile, and so do the other threads.
            let items = to.fill_iter((9..40).map(|number| {
                assert_eq!(to.copy_str("between two items"), "between two items");
                new(number)
            }));
            let failed =
                to.fill_iter_fallible((0..20).map(|n| if n < 10 { Ok(n) } else { Err(n) }));
            assert_eq!(failed, Err(10));
            let fits = to
                .emplace_no_drop()
                .from_iter((0..100).filter(|n| n % 3 == 0));
            // What is not dropped need not be `Send`.
            let here = ptr::from_ref(&thread);
            assert_eq!(*to.put_no_drop(here), here);
            assert!(to.try_put(new(40)).is_ok());
            assert!(to.try_put_box(Box::new(new(41))).is_ok());
            to.put_slice([new(42), new(43), new(44)]);
            let boxed: Box<[_]> = (45..50).map(new).collect();
            let boxed = to.put_box(boxed);
            to.emplace().value(new(50));
            assert!(to.emplace().with_fallible(|| Ok::<_, ()>(new(51))).is_ok());
            assert!(to.emplace::<Traced>().with_fallible(|| Err(())).is_err());
            to.emplace().from_iter((52..60).map(new));
            // SAFETY: the value is `'static` and `Send`.
            unsafe { to.emplace_unchecked() }.value(new(60));
            // They are this thread's own.
            thread::yield_now();
            assert!(items.iter().map(|item| item.number).eq(9..40));
            assert!(boxed.iter().map(|item| item.number).eq(45..50));
            items.iter().chain(&*boxed).for_each(|item| {
                item.check();
                assert_eq!(item.thread, thread);
            });
            assert!(fits.iter().copied().eq((0..100).step_by(3)));
        }
    };
}

put_all!(put_all, Blink<A, Shared>);
put_all!(put_all_in, Frame<'_, A, Shared>);

/// What [`put_all`] puts, in the order in which it is dropped.
fn put() -> Vec<Vec<u32>> {
    let group = |group: std::ops::Range<u32>| group.collect();
    [
        vec![vec![60], group(52..60), vec![51], vec![50], group(45..50)],
        vec![group(42..45), vec![41], vec![40], group(9..40)],
        vec![group(6..9), group(4..6), vec![3], vec![2], vec![1], vec![0]],
    ]
    .concat()
}

/// What ends the values of an adaptor. Whether it is left.
type End<A> = fn(SyncBlink<A>) -> Option<SyncBlink<A>>;

fn ends<A: BlinkAllocator>() -> [End<A>; 4] {
    [
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
    ]
}
