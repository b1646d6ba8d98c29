//! A base allocator for several threads, which counts, refuses and panics when told to.
//!
//! Its atomics are relaxed, so that it brings no order of its own between the threads: what
//! ThreadSanitizer sees is the arena's.

use std::{
    ptr::NonNull,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
    },
    thread,
    time::Duration,
};

use allocator_api2::alloc::{AllocError, Allocator, Global, Layout};
use blink_tests::drops::panic_as_planned;

/// Single requests above this are refused: checkers end the program when they see absurd ones.
const CEILING: usize = 1 << 30;

/// A handle to a base allocator; clones share it. Panics in the end if a block never came back.
#[derive(Clone, Debug, Default)]
pub struct Base(Arc<State>);

#[derive(Debug, Default)]
struct State {
    calls: AtomicUsize,
    blocks: AtomicUsize,
    bytes: AtomicUsize,
    /// Whether a thread is in a call.
    busy: AtomicBool,
    /// Allocations until one fails, of which there are `refusals`; 0 for none.
    refuse_at: AtomicUsize,
    refusals: AtomicUsize,
    /// Allocations until one panics, 0 for none.
    panic_at: AtomicUsize,
    /// Whether calls take a while.
    slow: AtomicBool,
}

impl Base {
    /// One that does what it is asked.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// One whose calls take long enough for other threads to come by.
    #[must_use]
    pub fn slow() -> Self {
        let base = Self::new();
        base.0.slow.store(true, Relaxed);
        base
    }

    /// Calls so far of either method, refused ones too.
    #[must_use]
    pub fn calls(&self) -> usize {
        self.0.calls.load(Relaxed)
    }

    /// Blocks that have not come back.
    #[must_use]
    pub fn blocks(&self) -> usize {
        self.0.blocks.load(Relaxed)
    }

    /// Bytes that were asked for and have not come back.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.0.bytes.load(Relaxed)
    }

    /// From the `nth` allocation from now on, counted from 1, refuses `times` of them.
    pub fn refuse(&self, nth: usize, times: usize) {
        self.0.refusals.store(times, Relaxed);
        self.0.refuse_at.store(nth, Relaxed);
    }

    /// Refuses nothing below the ceiling any more.
    pub fn obey(&self) {
        self.refuse(0, 0);
    }

    /// The `nth` allocation from now on, counted from 1, panics.
    pub fn panic(&self, nth: usize) {
        self.0.panic_at.store(nth, Relaxed);
    }
}

impl State {
    /// Counts down to 1 and stays there; whether it is 1 already.
    fn due(counter: &AtomicUsize) -> bool {
        let down = |left| (left > 1).then(|| left - 1);
        counter.fetch_update(Relaxed, Relaxed, down) == Err(1)
    }

    /// Whether this call is to fail.
    fn refuses(&self, layout: Layout) -> bool {
        let less = |left: usize| left.checked_sub(1);
        let due = Self::due(&self.refuse_at)
            && self.refusals.fetch_update(Relaxed, Relaxed, less).is_ok();
        due || layout.size() > CEILING
    }

    /// Panics if this is the call.
    fn panic_if_due(&self) {
        if Self::due(&self.panic_at) {
            self.panic_at.store(0, Relaxed);
            panic_as_planned();
        }
    }

    /// Passes some time.
    fn wait(&self) {
        if self.slow.load(Relaxed) {
            thread::sleep(Duration::from_micros(200));
        }
    }
}

/// That a thread is in a call. The arena calls with a lock, so it is the only one.
struct Call<'a>(&'a State);

impl<'a> Call<'a> {
    fn new(state: &'a State) -> Self {
        state.calls.fetch_add(1, Relaxed);
        let busy = state.busy.swap(true, Relaxed);
        assert!(!busy, "two threads call the base allocator");
        Self(state)
    }
}

impl Drop for Call<'_> {
    fn drop(&mut self) {
        self.0.busy.store(false, Relaxed);
    }
}

// SAFETY: it is `Global` with counters.
unsafe impl Allocator for Base {
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        let state = &*self.0;
        let _call = Call::new(state);
        state.wait();
        state.panic_if_due();
        if state.refuses(layout) {
            return Err(AllocError);
        }
        let block = Global.allocate(layout)?;
        state.blocks.fetch_add(1, Relaxed);
        state.bytes.fetch_add(layout.size(), Relaxed);
        Ok(block)
    }

    unsafe fn deallocate(&self, ptr: NonNull<u8>, layout: Layout) {
        let state = &*self.0;
        let _call = Call::new(state);
        state.blocks.fetch_sub(1, Relaxed);
        state.bytes.fetch_sub(layout.size(), Relaxed);
        // SAFETY: the caller's promise.
        unsafe { Global.deallocate(ptr, layout) };
    }
}

impl Drop for State {
    fn drop(&mut self) {
        let blocks = *self.blocks.get_mut();
        assert!(
            blocks == 0 || thread::panicking(),
            "{blocks} blocks never came back"
        );
    }
}
