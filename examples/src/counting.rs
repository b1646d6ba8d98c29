//! A global allocator that counts how often it is called.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
};

thread_local! {
    // One counter a thread: an atomic one would slow down what is measured.
    static CALLS: Cell<usize> = const { Cell::new(0) };
}

/// The system's allocator, with a count of its calls.
///
/// Taking a block, giving one back and resizing one are a call each.
pub struct Counting;

impl Counting {
    /// The calls that this thread made while `job` ran. All 0 if `Counting` is not the
    /// `#[global_allocator]` of the program.
    pub fn calls_during(job: impl FnOnce()) -> usize {
        let before = CALLS.get();
        job();
        CALLS.get() - before
    }
}

fn count() {
    CALLS.set(CALLS.get() + 1);
}

// SAFETY: every method does what the same method of `System` does. Counting neither allocates
// nor panics: the counter is a plain number that is never dropped.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: the caller's promise is the one that `System` asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: the caller's promise is the one that `System` asks for.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        count();
        // SAFETY: the caller's promise, and every block of this allocator is one of `System`.
        unsafe { System.dealloc(ptr, layout) }
    }

    unsafe fn realloc(&self, ptr: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        count();
        // SAFETY: the caller's promise, and every block of this allocator is one of `System`.
        unsafe { System.realloc(ptr, layout, new_size) }
    }
}
