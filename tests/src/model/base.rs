//! The base allocator under the arena: counts, over-provides, shifts the phase of its
//! addresses, refuses, and compares every block that comes back with what was given out.

use core::{
    alloc::Layout,
    cell::{Cell, RefCell},
    ptr::{self, NonNull},
};
use std::{collections::BTreeMap, rc::Rc};

use allocator_api2::alloc::{AllocError, Allocator};

/// More than this is refused.
const LARGEST: usize = 64 << 20;

/// Bytes in front of and behind each block that nobody may write.
const GUARD: usize = 16;

/// Blocks lie in memory with this alignment, at any multiple of their own alignment.
const PAGE: usize = if cfg!(miri) { 256 } else { 4096 };

/// A handle to the allocator.
#[derive(Clone)]
pub(super) struct Base(Rc<State>);

struct State {
    regions: RefCell<BTreeMap<usize, Region>>,
    /// One bit a call, the lowest first: refused where it is set.
    refusals: Cell<u32>,
    refused: Cell<usize>,
    calls: Cell<usize>,
    random: Cell<u32>,
}

/// A block that was given out.
struct Region {
    memory: NonNull<u8>,
    whole: Layout,
    start: NonNull<u8>,
    asked: Layout,
    given: usize,
}

impl Base {
    pub(super) fn new(seed: u8) -> Self {
        Self(Rc::new(State {
            regions: RefCell::default(),
            refusals: Cell::new(0),
            refused: Cell::new(0),
            calls: Cell::new(0),
            random: Cell::new(u32::from(seed)),
        }))
    }

    pub(super) fn refuse(&self, calls: u32) {
        self.0.refusals.set(calls);
    }

    /// Whether the next calls will be served.
    pub(super) fn is_willing(&self) -> bool {
        self.0.refusals.get() == 0
    }

    /// Calls of `allocate` that were refused so far.
    pub(super) fn refused(&self) -> usize {
        self.0.refused.get()
    }

    /// Calls of `allocate` so far.
    pub(super) fn calls(&self) -> usize {
        self.0.calls.get()
    }

    /// Blocks in use.
    pub(super) fn live(&self) -> usize {
        self.0.regions.borrow().len()
    }

    /// Bytes that were asked for and are in use.
    pub(super) fn asked(&self) -> usize {
        let regions = self.0.regions.borrow();
        regions.values().map(|region| region.asked.size()).sum()
    }

    /// Bytes that were given for them.
    pub(super) fn given(&self) -> usize {
        let regions = self.0.regions.borrow();
        regions.values().map(|region| region.given).sum()
    }

    /// The block that holds these bytes: the addresses of its start and its end.
    pub(super) fn around(&self, start: usize, len: usize) -> Option<(usize, usize)> {
        let regions = self.0.regions.borrow();
        let (&first, region) = regions.range(..=start).next_back()?;
        let end = first + region.given;
        (start + len <= end).then_some((first, end))
    }

    /// The next of a row of numbers.
    fn random(&self, below: usize) -> usize {
        let next = self.0.random.get().wrapping_mul(1_664_525);
        let next = next.wrapping_add(1_013_904_223);
        self.0.random.set(next);
        (next >> 8) as usize % below
    }

    fn refuses(&self, size: usize) -> bool {
        let refusals = self.0.refusals.get();
        self.0.refusals.set(refusals >> 1);
        refusals & 1 == 1 || size > LARGEST
    }

    /// Makes a block of `given` bytes, `phase` bytes behind the start of a page.
    fn provide(&self, asked: Layout, given: usize, phase: usize) -> Region {
        let whole = Layout::from_size_align(phase + given + GUARD, PAGE).expect("small enough");
        // SAFETY: not empty.
        let memory = unsafe { std::alloc::alloc(whole) };
        let memory = NonNull::new(memory).expect("memory");
        // SAFETY: the memory has these bytes.
        unsafe { memory.write_bytes(0xa5, whole.size()) };
        // SAFETY: `phase` lies within.
        let start = unsafe { memory.add(phase) };
        Region {
            memory,
            whole,
            start,
            asked,
            given,
        }
    }
}

impl Region {
    /// Whether nobody wrote around the block.
    fn is_guarded(&self) -> bool {
        // SAFETY: `GUARD` bytes follow the block.
        let behind = unsafe { self.start.add(self.given) };
        // SAFETY: at least `GUARD` bytes are in front of the block.
        let front = unsafe { self.start.sub(GUARD) };
        [front, behind].into_iter().all(|guard| {
            // SAFETY: initialized when the block was made, and not part of it.
            let bytes = unsafe { guard.cast::<[u8; GUARD]>().read() };
            bytes == [0xa5; GUARD]
        })
    }

    fn free(self) {
        // SAFETY: the memory has these bytes.
        unsafe { self.memory.write_bytes(0xdd, self.whole.size()) };
        // SAFETY: allocated with this layout, and used no more.
        unsafe { std::alloc::dealloc(self.memory.as_ptr(), self.whole) };
    }
}

// SAFETY: blocks are memory of their own until they are deallocated, and handles share them.
unsafe impl Allocator for Base {
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        assert!(layout.size() > 0, "an empty block was asked for");
        assert!(layout.align() <= PAGE);
        self.0.calls.set(self.0.calls.get() + 1);
        if self.refuses(layout.size()) {
            self.0.refused.set(self.0.refused.get() + 1);
            return Err(AllocError);
        }
        let extra = [0, 0, 0, 1, 7, 8, 15, 16, 17, 48, 100, 3000][self.random(12)];
        let steps = PAGE / layout.align();
        let phase = GUARD.next_multiple_of(layout.align()) + self.random(steps) * layout.align();
        let region = self.provide(layout, layout.size() + extra, phase);
        let block = ptr::slice_from_raw_parts_mut(region.start.as_ptr(), region.given);
        let address = region.start.addr().get();
        self.0.regions.borrow_mut().insert(address, region);
        Ok(NonNull::new(block).expect("not null"))
    }

    unsafe fn deallocate(&self, ptr: NonNull<u8>, layout: Layout) {
        let region = self.0.regions.borrow_mut().remove(&ptr.addr().get());
        let region = region.expect("a block came back that is not in use");
        assert_eq!(layout.align(), region.asked.align(), "another alignment");
        let sizes = region.asked.size()..=region.given;
        assert!(sizes.contains(&layout.size()), "another size");
        assert!(region.is_guarded(), "written outside of a block");
        region.free();
    }
}
