//! A base allocator for several threads that counts, and watches its caller.

use std::{
    collections::HashMap,
    process,
    ptr::NonNull,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    thread,
};

use allocator_api2::alloc::{AllocError, Allocator, Global, Layout};

/// What new memory holds.
const DIRT: u8 = 0xcd;

/// A handle to a base allocator; clones share it, in any thread.
///
/// It fails the test if a block comes back with a wrong pointer or layout, or never comes back.
/// (The awkward one, for a single thread, is [`Base`](crate::base::Base).)
#[derive(Clone, Debug)]
pub struct Counting(Arc<State>);

#[derive(Debug)]
struct State {
    blocks: Mutex<HashMap<usize, Block>>,
    calls: AtomicUsize,
    live: AtomicUsize,
    peak: AtomicUsize,
    /// Allocations that still succeed.
    grants: AtomicUsize,
}

#[derive(Debug)]
struct Block(NonNull<u8>, Layout);

// SAFETY: the block belongs to whoever has the record of it.
unsafe impl Send for Block {}

impl Block {
    fn free(self) {
        // SAFETY: allocated below with this layout, and the one record of it ends here.
        unsafe { Global.deallocate(self.0, self.1) };
    }
}

impl Counting {
    /// One that refuses nothing.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "tests need one without")]
    pub fn new() -> Self {
        Self(Arc::new(State {
            blocks: Mutex::default(),
            calls: AtomicUsize::new(0),
            live: AtomicUsize::new(0),
            peak: AtomicUsize::new(0),
            grants: AtomicUsize::new(usize::MAX),
        }))
    }

    /// Calls so far of either method, refused ones too.
    #[must_use]
    pub fn calls(&self) -> usize {
        self.0.calls.load(Relaxed)
    }

    /// Bytes that were asked for and have not come back.
    #[must_use]
    pub fn live(&self) -> usize {
        self.0.live.load(Relaxed)
    }

    /// The most there ever was of [`live`](Self::live).
    #[must_use]
    pub fn peak(&self) -> usize {
        self.0.peak.load(Relaxed)
    }

    /// Blocks that have not come back.
    #[must_use]
    pub fn blocks(&self) -> usize {
        self.0.blocks.lock().unwrap().len()
    }

    /// Refuses all allocations but the next `count`. With `usize::MAX` it refuses none.
    pub fn grant(&self, count: usize) {
        self.0.grants.store(count, Relaxed);
    }

    /// Whether this is the same base allocator.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Takes back what was leaked, which nobody uses any more.
    pub fn reclaim(&self) {
        for (_, block) in self.0.blocks.lock().unwrap().drain() {
            block.free();
        }
    }
}

// SAFETY: blocks come from `Global`, and stay until they are deallocated; all handles share
// them.
unsafe impl Allocator for Counting {
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        let state = &*self.0;
        state.calls.fetch_add(1, Relaxed);
        let granted = |grants: usize| match grants {
            usize::MAX => Some(usize::MAX),
            grants => grants.checked_sub(1),
        };
        let grant = state.grants.fetch_update(Relaxed, Relaxed, granted);
        grant.map_err(|_| AllocError)?;
        let block = Global.allocate(layout)?.cast::<u8>();
        // SAFETY: the block is new and not handed out yet.
        unsafe { block.write_bytes(DIRT, layout.size().min(1 << 14)) };
        let record = Block(block, layout);
        let old = state
            .blocks
            .lock()
            .unwrap()
            .insert(block.addr().get(), record);
        assert!(old.is_none(), "an address was given twice");
        let live = state.live.fetch_add(layout.size(), Relaxed) + layout.size();
        state.peak.fetch_max(live, Relaxed);
        Ok(NonNull::slice_from_raw_parts(block, layout.size()))
    }

    unsafe fn deallocate(&self, block: NonNull<u8>, layout: Layout) {
        let state = &*self.0;
        state.calls.fetch_add(1, Relaxed);
        let known = state.blocks.lock().unwrap().remove(&block.addr().get());
        let Some(record) = known.filter(|record| record.1 == layout) else {
            return complain("a block came back that was never given like this");
        };
        state.live.fetch_sub(layout.size(), Relaxed);
        record.free();
    }
}

impl Drop for State {
    fn drop(&mut self) {
        if !self.blocks.get_mut().unwrap().is_empty() {
            complain("blocks never came back");
        }
    }
}

/// Fails the test, also while another failure unwinds.
fn complain(what: &str) {
    if thread::panicking() {
        eprintln!("{what}");
        process::abort();
    }
    panic!("{what}");
}
