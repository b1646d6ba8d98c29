//! The base allocator of all contenders: malloc, with everything counted.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

#[global_allocator]
static COUNTING: Counting = Counting;

struct Counting;

static CALLS: AtomicUsize = AtomicUsize::new(0);
static BYTES: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

/// Calls so far: to allocate, to resize, to free.
pub fn calls() -> usize {
    CALLS.load(Relaxed)
}

/// Bytes that were asked for and have not come back.
pub fn bytes() -> usize {
    BYTES.load(Relaxed)
}

/// The most there ever were since [`start_peak`].
pub fn peak() -> usize {
    PEAK.load(Relaxed)
}

/// Forgets what there was before.
pub fn start_peak() {
    PEAK.store(bytes(), Relaxed);
}

fn count(more: usize, less: usize) {
    CALLS.fetch_add(1, Relaxed);
    // There is one thread.
    let bytes = bytes() + more - less;
    BYTES.store(bytes, Relaxed);
    PEAK.fetch_max(bytes, Relaxed);
}

// SAFETY: everything is done by the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 0);
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        count(0, layout.size());
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(block, layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size, layout.size());
        // SAFETY: the caller's promise.
        unsafe { System.realloc(block, layout, size) }
    }
}
