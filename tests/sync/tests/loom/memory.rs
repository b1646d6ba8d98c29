//! A base allocator whose memory loom watches.

use std::{collections::HashMap, ops::Range, ptr::NonNull, sync::Mutex};

use allocator_api2::alloc::{AllocError, Allocator, Global, Layout};
use loom::cell::UnsafeCell;

/// Bytes of all memory. What is given back is not given again.
const SIZE: usize = 512 << 10;

/// Blocks of the shared arena take whole units.
const UNIT: usize = 8;

/// Of a large block loom is told the units at both ends; its bytes are compared all.
const ENDS: usize = 32;

/// Memory that all runs of a model share, one after the other.
#[derive(Clone, Copy)]
pub struct Buffer(NonNull<u8>);

// SAFETY: it is passed to a model, and runs of that come one after the other.
unsafe impl Send for Buffer {}
// SAFETY: as above.
unsafe impl Sync for Buffer {}

impl Buffer {
    pub fn new() -> Self {
        Self(Global.allocate(Self::layout()).unwrap().cast())
    }

    fn layout() -> Layout {
        Layout::from_size_align(SIZE, 4096).unwrap()
    }

    /// Ends it, after the last run.
    pub fn free(self) {
        // SAFETY: allocated in `new`, and all runs have ended.
        unsafe { Global.deallocate(self.0, Self::layout()) };
    }
}

/// The base allocator of one run.
pub struct Memory {
    buffer: Buffer,
    /// Bytes given, and calls. A cell of loom: the arena lets one thread call at a time.
    given: UnsafeCell<Given>,
    /// Made when first used, which is a use. No thread stops with the lock, since loom changes
    /// threads at atomics only.
    units: Mutex<HashMap<usize, UnsafeCell<()>>>,
    /// Addresses that have come back.
    gone: Mutex<Vec<Range<usize>>>,
}

#[derive(Clone, Copy, Default)]
struct Given {
    bytes: usize,
    chunks: usize,
}

// SAFETY: the cells complain when they are used by two threads without order, and the bytes of
// the buffer belong to whom the arena has given them.
unsafe impl Sync for Memory {}
// SAFETY: as above.
unsafe impl Send for Memory {}

impl Memory {
    pub fn new(buffer: Buffer) -> Self {
        Self {
            buffer,
            given: UnsafeCell::new(Given::default()),
            units: Mutex::default(),
            gone: Mutex::default(),
        }
    }

    /// Chunks that have been given since the start.
    pub fn chunks(&self) -> usize {
        // SAFETY: loom knows whether another thread writes.
        self.given.with(|given| unsafe { *given }).chunks
    }

    /// Tells loom that the thread writes these bytes, or may.
    pub fn own(&self, start: NonNull<u8>, len: usize) {
        self.each(start, len, |unit| unit.with_mut(|_| ()));
    }

    /// Writes a byte all over a block.
    pub fn fill(&self, start: NonNull<u8>, len: usize, byte: u8) {
        self.own(start, len);
        // SAFETY: the caller's block, in which nobody else writes, or loom has panicked.
        unsafe { start.write_bytes(byte, len) };
    }

    /// Panics unless a block holds this byte only.
    pub fn check(&self, start: NonNull<u8>, len: usize, byte: u8) {
        self.each(start, len, |unit| unit.with(|_| ()));
        // SAFETY: the caller's block, filled before.
        let bytes = unsafe { NonNull::slice_from_raw_parts(start, len).as_ref() };
        assert!(bytes.iter().all(|&found| found == byte), "overlap");
    }

    /// Calls `f` with the units of a block, or those at its ends.
    fn each(&self, start: NonNull<u8>, len: usize, f: impl Fn(&UnsafeCell<()>)) {
        let mut units = self.units.lock().unwrap();
        let gone = self.gone.lock().unwrap();
        assert!(
            !gone.iter().any(|range| range.contains(&start.addr().get())),
            "use after free"
        );
        let first = start.addr().get() - self.buffer.0.addr().get();
        let range = first / UNIT..(first + len).div_ceil(UNIT);
        let (front, back) = (range.start + ENDS, range.end.saturating_sub(ENDS));
        for unit in range.filter(|&unit| unit < front || unit >= back) {
            f(units.entry(unit).or_insert_with(|| UnsafeCell::new(())));
        }
    }
}

// SAFETY: the buffer is given piece by piece.
unsafe impl Allocator for Memory {
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        let start = self.given.with_mut(|given| {
            // SAFETY: loom knows whether another thread is here.
            let given = unsafe { &mut *given };
            let start = given.bytes.next_multiple_of(layout.align());
            if layout.size() > SIZE - start {
                return Err(AllocError);
            }
            given.bytes = start + layout.size();
            given.chunks += 1;
            Ok(start)
        })?;
        // SAFETY: the piece lies in the buffer.
        let start = unsafe { self.buffer.0.add(start) };
        // Whoever gets it may have written to it, and others must not come before.
        self.own(start, layout.size());
        Ok(NonNull::slice_from_raw_parts(start, layout.size()))
    }

    unsafe fn deallocate(&self, ptr: NonNull<u8>, layout: Layout) {
        // Nobody uses it any more.
        self.own(ptr, layout.size());
        let start = ptr.addr().get();
        self.gone.lock().unwrap().push(start..start + layout.size());
    }
}
