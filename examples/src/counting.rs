//! A global allocator that counts how often it is called, and for how much memory.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
    panic::resume_unwind,
    thread::ScopedJoinHandle,
};

thread_local! {
    // One counter a thread: an atomic one would slow down what is measured.
    static CALLS: Cell<usize> = const { Cell::new(0) };
    /// Bytes in use. Blocks that another thread frees can make it negative.
    static LIVE: Cell<isize> = const { Cell::new(0) };
    /// The largest `LIVE` since it was last set.
    static PEAK: Cell<isize> = const { Cell::new(0) };
}

/// The system's allocator, with a count of its calls and of the bytes in use.
///
/// Taking a block, giving one back and resizing one are a call each.
pub struct Counting;

/// What a job took from the system's allocator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// How often the allocator was called.
    pub calls: usize,
    /// The most bytes that were in use at one moment, above those before the job.
    pub peak: isize,
}

// All of these are 0 if `Counting` is not the `#[global_allocator]` of the program.
impl Counting {
    /// The calls that this thread made while `job` ran.
    pub fn calls_during(job: impl FnOnce()) -> usize {
        Self::taken_by(job).calls
    }

    /// What `job` took in this thread. Jobs in each other do not disturb each other's counts.
    pub fn taken_by(job: impl FnOnce()) -> Taken {
        let (calls, live) = (CALLS.get(), LIVE.get());
        let outer_peak = PEAK.replace(live);
        job();
        let peak = PEAK.get();
        PEAK.set(peak.max(outer_peak));
        Taken {
            calls: CALLS.get() - calls,
            peak: peak - live,
        }
    }

    /// The calls that this thread has made.
    pub fn calls() -> usize {
        CALLS.get()
    }

    /// Waits for threads that return how many calls they made, and adds these up.
    ///
    /// # Panics
    ///
    /// When one of the threads did.
    pub fn calls_of(threads: Vec<ScopedJoinHandle<'_, usize>>) -> usize {
        let join = |thread: ScopedJoinHandle<'_, usize>| thread.join();
        let calls = threads.into_iter().map(join);
        calls
            .map(|calls| calls.unwrap_or_else(|panic| resume_unwind(panic)))
            .sum()
    }

    /// The bytes that this thread has in use.
    pub fn live() -> isize {
        LIVE.get()
    }
}

/// Counts a call that makes the bytes in use more or less.
fn count(more: usize, less: usize) {
    CALLS.set(CALLS.get() + 1);
    // No block is larger than `isize::MAX`.
    let live = LIVE.get() + more as isize - less as isize;
    LIVE.set(live);
    PEAK.set(PEAK.get().max(live));
}

/// Counts a call that takes a block of `size` bytes, unless there was none.
fn count_taken(block: *mut u8, size: usize) {
    count(if block.is_null() { 0 } else { size }, 0);
}

// SAFETY: every method does what the same method of `System` does. Counting neither allocates
// nor panics: the counters are plain numbers that are never dropped.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise is the one that `System` asks for.
        let block = unsafe { System.alloc(layout) };
        count_taken(block, layout.size());
        block
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise is the one that `System` asks for.
        let block = unsafe { System.alloc_zeroed(layout) };
        count_taken(block, layout.size());
        block
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        count(0, layout.size());
        // SAFETY: the caller's promise, and every block of this allocator is one of `System`.
        unsafe { System.dealloc(ptr, layout) }
    }

    unsafe fn realloc(&self, ptr: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        // SAFETY: the caller's promise, and every block of this allocator is one of `System`.
        let block = unsafe { System.realloc(ptr, layout, new_size) };
        if block.is_null() {
            count(0, 0);
        } else {
            count(new_size, layout.size());
        }
        block
    }
}
