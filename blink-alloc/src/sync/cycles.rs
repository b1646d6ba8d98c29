//! The chunks of a shared arena: going on to another one, rewinding, and starting over.
//!
//! All of it is done under the lock. Rewinding and resetting ask for more: that nobody else
//! uses the arena meanwhile. They give no memory out, so who comes later has got the arena from
//! who has done it.

use core::{
    alloc::Layout,
    ops::Range,
    ptr::{self, NonNull},
};

use allocator_api2::alloc::{AllocError, Allocator};

use super::{
    SyncBlinkAlloc,
    shared_chunk::{Front, HEADER, MIN, SharedChunk, block},
};
use crate::{
    api::Rewind,
    atomic::Ordering,
    bump,
    chunk::{self, Chunk},
    supply::Supply,
};

/// Where a [`SyncBlinkAlloc`] was at one moment, see [`Rewind`].
#[derive(Clone, Copy, Debug)]
pub struct SyncMark {
    chunk: *mut Front,
    /// Where the cursor of that chunk was.
    offset: usize,
    /// The chunk that was taken or added last.
    tail: Chunk,
}

// SAFETY: a mark is compared and handed back. What its pointers lead to is used by `rewind`
// only, whose caller promises that the arena is the right one.
unsafe impl Send for SyncMark {}
// SAFETY: as above.
unsafe impl Sync for SyncMark {}

impl<A: Allocator> SyncBlinkAlloc<A> {
    /// Allocates a block where the chunk in use had no room: there, if another thread has changed
    /// it meanwhile, otherwise in the next chunk.
    pub(super) fn place_elsewhere(&self, layout: Layout) -> Result<NonNull<u8>, AllocError> {
        let size = block(layout).ok_or(AllocError)?;
        let need = bump::worst_case(size, layout.align(), MIN).ok_or(AllocError)?;
        self.supply.with(|supply| {
            if let Some(start) = self.place(layout) {
                return Ok(start);
            }
            let chunk = supply.serve(&self.base, need + HEADER)?;
            // SAFETY: it was added just now, or waited: nobody uses it.
            let opened = unsafe { SharedChunk::open(chunk) };
            let start = opened.place(layout);
            // A chunk that was made for one block leaves that in use which is.
            if !chunk.is_own() {
                self.set_chunk(Some(opened));
            }
            Ok(start.expect("a chunk for the worst case has room for the block"))
        })
    }

    /// Goes on in a chunk of the row with room for `additional` bytes, unless there is as much.
    pub(super) fn reserve_chunk(&self, additional: usize) -> Result<(), AllocError> {
        self.supply.with(|supply| {
            if let Some(chunk) = self.chunk() {
                if chunk.capacity() - chunk.used() >= additional {
                    return Ok(());
                }
            }
            let need = bump::worst_case(additional, 1, MIN).ok_or(AllocError)?;
            if need > 0 {
                self.enter(supply.reserve(&self.base, need + HEADER)?);
            }
            Ok(())
        })
    }

    /// Goes on in a chunk that nobody uses.
    fn enter(&self, chunk: Chunk) {
        // SAFETY: callers pass one that was added just now, or waited.
        self.set_chunk(Some(unsafe { SharedChunk::open(chunk) }));
    }

    /// Makes a chunk the one in use. Only with the lock.
    fn set_chunk(&self, chunk: Option<SharedChunk>) {
        let front = chunk.map_or(ptr::null_mut(), SharedChunk::as_ptr);
        // What was written to the chunk's header happened before.
        self.chunk.store(front, Ordering::Release);
    }

    /// Tells the records of the chunks how far they were filled, and returns the chunk in use.
    fn take_stock(&self, supply: &Supply) -> Chunk {
        for chunk in supply.chunks().in_use() {
            // SAFETY: chunks are opened when they come into the list.
            let shared = unsafe { SharedChunk::of(chunk) };
            chunk.set_used(shared.filled());
        }
        self.chunk().map_or(Chunk::NONE, SharedChunk::chunk)
    }

    /// Goes back to the start of the chunks. Nobody uses any of them.
    fn restart(&self, supply: &Supply) {
        let first = supply.chunks().rewind();
        for chunk in supply.chunks().iter() {
            // SAFETY: nobody uses it.
            unsafe { SharedChunk::open(chunk) };
        }
        // SAFETY: opened, if it is one of the list.
        self.set_chunk((!first.is_none()).then(|| unsafe { SharedChunk::of(first) }));
    }

    /// A reset that keeps at most `most` bytes of room, the headers included.
    ///
    /// # Safety
    ///
    /// As [`reset_unchecked`](Self::reset_unchecked).
    pub(super) unsafe fn reset_within(&self, most: usize) {
        self.leases.forget();
        self.supply.with(|supply| {
            if supply.has_settled() && supply.chunks().capacity() <= most {
                return self.restart(supply);
            }
            let current = self.take_stock(supply);
            let ended = supply.end_cycle(current, current.used(), most);
            // The arena is in order before the base allocator runs: that may panic.
            self.restart(supply);
            // SAFETY: the chunks came from `base`, and nothing of them is used any more: their
            // blocks by the caller's promise, their handles after the restart.
            if let Some(chunk) = unsafe { supply.settle(ended, &self.base) } {
                self.enter(chunk);
            }
        });
    }

    /// Frees all chunks.
    ///
    /// # Safety
    ///
    /// As [`reset_unchecked`](Self::reset_unchecked).
    pub(super) unsafe fn free_all(&self) {
        self.leases.forget();
        self.supply.with(|supply| {
            let chain = supply.take_all();
            self.restart(supply);
            // SAFETY: as in `reset_within`.
            unsafe { chunk::free(chain, &self.base) };
        });
    }
}

// SAFETY: `&mut` of an arena ends all other borrows of it, those of local arenas too, and it is
// not `Clone`. Rewinding moves the cursor to where it was.
unsafe impl<A: Allocator> Rewind for SyncBlinkAlloc<A> {
    type Mark = SyncMark;

    fn mark(&self) -> SyncMark {
        self.supply.with(|supply| SyncMark {
            chunk: self.chunk.load(Ordering::Relaxed),
            offset: self.chunk().map_or(0, SharedChunk::offset),
            tail: supply.chunks().tail(),
        })
    }

    unsafe fn rewind(&self, mark: SyncMark) {
        self.supply.with(|supply| {
            self.leases.retain(|lease| mark.is_behind(lease, supply));
            if supply.chunks().tail() != mark.tail {
                let current = self.take_stock(supply);
                supply.chunks().rewind_to(mark.tail, current);
                for chunk in supply.chunks().spare() {
                    // SAFETY: what is in it was allocated after the mark (caller's promise).
                    unsafe { SharedChunk::open(chunk) };
                }
            }
            // SAFETY: the chunk is still there (caller's promise).
            let chunk = unsafe { SharedChunk::from_ptr(mark.chunk) };
            if let Some(chunk) = chunk {
                // SAFETY: the caller's promise.
                unsafe { chunk.go_back(mark.offset) };
            }
            self.set_chunk(chunk);
        });
    }
}

impl SyncMark {
    /// Whether a block lies behind the mark: in a chunk that was left before, or in that of the
    /// mark. All of it: one that was freed since may have made room for another, larger one.
    fn is_behind(self, block: Range<usize>, supply: &Supply) -> bool {
        supply.chunks().up_to(self.tail).any(|chunk| {
            let start = chunk.start().addr().get();
            let is_marks = start == self.chunk.addr();
            let end = if is_marks {
                start + self.offset
            } else {
                chunk.end()
            };
            start <= block.start && block.end <= end
        })
    }
}
