//! A base allocator for arenas that counts how often they call it.

use std::{
    alloc::Layout,
    ptr::NonNull,
    sync::atomic::{AtomicUsize, Ordering},
};

use allocator_api2::alloc::{AllocError, Allocator, Global};

/// The global allocator, with a count of the calls by all threads. Arenas take a reference to it.
///
/// [`Counting`](crate::counting::Counting) counts the calls that a thread makes, for arenas and
/// for all else. Where several threads fill an arena, this one says what the arena took.
#[derive(Debug, Default)]
pub struct Base {
    calls: AtomicUsize,
}

impl Base {
    /// An allocator that was not called yet.
    pub const fn new() -> Self {
        Self {
            calls: AtomicUsize::new(0),
        }
    }

    /// The calls so far. Taking a block and giving one back are a call each.
    pub fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }

    fn count(&self) {
        self.calls.fetch_add(1, Ordering::Relaxed);
    }
}

// SAFETY: the blocks are those of `Global`, which stay where they are.
unsafe impl Allocator for Base {
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        self.count();
        Global.allocate(layout)
    }

    unsafe fn deallocate(&self, ptr: NonNull<u8>, layout: Layout) {
        self.count();
        // SAFETY: the caller's promise, and every block of this allocator is one of `Global`.
        unsafe { Global.deallocate(ptr, layout) }
    }
}
