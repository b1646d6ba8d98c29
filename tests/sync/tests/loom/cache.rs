//! `BlinkAllocCache`: arenas that threads take and bring back, one thread at a time.

use std::ptr::NonNull;

use allocator_api2::alloc::{AllocError, Allocator, Layout};
use blink_alloc::{BlinkAlloc, BlinkAllocCache};
use loom::{
    sync::{Arc, Mutex},
    thread,
};

use crate::{
    memory::{Buffer, Memory},
    model::explore,
};

/// A base allocator for all arenas. Its lock makes an order where one asks for a chunk; an arena
/// that is warm does not.
#[derive(Clone)]
struct Base(Arc<Mutex<Memory>>);

impl Base {
    fn new(buffer: Buffer) -> Self {
        Self(Arc::new(Mutex::new(Memory::new(buffer))))
    }
}

// SAFETY: that of the memory.
unsafe impl Allocator for Base {
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        self.0.lock().unwrap().allocate(layout)
    }

    unsafe fn deallocate(&self, ptr: NonNull<u8>, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { self.0.lock().unwrap().deallocate(ptr, layout) };
    }
}

type Cache = BlinkAllocCache<Base>;

/// Asks loom about a place without the lock of the base.
struct Watched(Memory);

// SAFETY: the cells of loom in it complain where an order is missing.
unsafe impl Sync for Watched {}
// SAFETY: as above.
unsafe impl Send for Watched {}

/// A task: takes an arena, uses a block of it, and brings it back.
fn task(cache: &Cache, base: &Base, watched: &Watched, byte: u8) {
    let arena = cache.get_as::<BlinkAlloc<_>>(|| BlinkAlloc::new_in(base.clone()));
    let block = arena.allocate(Layout::new::<[u64; 4]>()).unwrap();
    let start: NonNull<u8> = block.cast();
    watched.0.fill(start, 32, byte);
    watched.0.check(start, 32, byte);
}

/// Two threads with some tasks each, and `warm` arenas that wait.
fn race(warm: usize, tasks: [u8; 2]) {
    let buffer = Buffer::new();
    explore(move || {
        let (base, cache) = (Base::new(buffer), Arc::new(Cache::new()));
        let watched = Arc::new(Watched(Memory::new(buffer)));
        for _ in 0..warm {
            let arena = BlinkAlloc::new_in(base.clone());
            arena.reserve(100);
            cache.push(arena);
        }
        let other = thread::spawn({
            let (base, cache, watched) = (base.clone(), cache.clone(), watched.clone());
            move || (0..tasks[1]).for_each(|n| task(&cache, &base, &watched, 100 + n))
        });
        (0..tasks[0]).for_each(|n| task(&cache, &base, &watched, 50 + n));
        other.join().unwrap();

        let arenas: Vec<_> = std::iter::from_fn(|| cache.pop()).collect();
        assert!((warm.max(1)..=warm.max(2)).contains(&arenas.len()));
        assert!(arenas.iter().all(|arena| arena.allocated_bytes() == 0));
    });
    buffer.free();
}

#[test]
fn one_warm_arena() {
    race(1, [2, 2]);
}

#[test]
fn two_warm_arenas() {
    race(2, [2, 1]);
}

#[test]
fn none_yet() {
    race(0, [1, 1]);
}
