//! Going from chunk to chunk: leaving one, and back to where the arena was.
//!
//! Everything here is cold, but for the short ways of a rewind. Where chunks come from, and
//! which ones a reset keeps, is in `supply`.

use core::ptr::NonNull;

use allocator_api2::alloc::Allocator;

use super::{BlinkAlloc, Mark};
use crate::{
    chunk::{self, Chunk},
    growth, poison,
};

impl<A: Allocator, const MIN_ALIGN: usize> BlinkAlloc<A, MIN_ALIGN> {
    /// Bytes below the cursor in the chunk in use.
    pub(super) fn used_in_chunk(&self) -> usize {
        self.cursor_addr() - self.chunk.get().start().addr().get()
    }

    /// Leaves the chunk in use and goes on at `cursor` in another one.
    #[inline]
    pub(super) fn enter(&self, chunk: Chunk, cursor: NonNull<u8>) {
        self.chunk.get().set_used(self.used_in_chunk());
        self.chunk.set(chunk);
        self.cursor.set(cursor);
    }

    /// [`rewind`](Self::rewind) to a mark that was set before a chunk was taken or added.
    ///
    /// Chunks wait where they are in the list, so that the same requests find them again. Where
    /// nothing was in the row of chunks at the mark, the first one of it stays in use.
    ///
    /// # Safety
    ///
    /// As [`rewind`](Self::rewind).
    #[cold]
    #[inline(never)]
    pub(super) unsafe fn rewind_slow(&self, mark: Mark) {
        self.supply.chunks().rewind_to(mark.tail, self.chunk.get());
        let chunk = self.supply.chunks().around(mark.cursor.addr().get());
        self.chunk.set(chunk.unwrap_or(Chunk::NONE));
        self.go_back(mark.cursor);
        if chunk.is_none() {
            self.go_on();
        }
    }

    /// [`rewind_slow`](Self::rewind_slow) at the end of a frame. Where the chunk of the mark is
    /// almost full, the arena goes on in the next one: a loop of small frames would take that
    /// and leave it each time. Not under a limit, where every byte may be needed.
    ///
    /// # Safety
    ///
    /// As [`rewind`](Self::rewind).
    #[cold]
    #[inline(never)]
    pub(crate) unsafe fn end_frame_slow(&self, mark: Mark) {
        // SAFETY: the caller's promise.
        unsafe { self.rewind_slow(mark) };
        let chunk = self.chunk.get();
        let rest = chunk.end() - self.cursor_addr();
        if self.limit().is_none() && growth::is_almost_full(chunk.capacity(), rest) {
            self.go_on();
        }
    }

    /// Goes on in the next chunk of the row, if one waits.
    fn go_on(&self) {
        if let Some(next) = self.supply.chunks().take_next_of_row() {
            self.enter(next, next.start());
        }
    }

    /// [`rewind`](Self::rewind), if the chunk in use is that of the mark.
    ///
    /// # Safety
    ///
    /// As [`rewind`](Self::rewind).
    #[inline(always)]
    pub(crate) unsafe fn rewind_in_chunk(&self, mark: Mark) -> bool {
        let same = self.supply.chunks().tail() == mark.tail;
        if same {
            self.go_back(mark.cursor);
        }
        same
    }

    /// Moves the cursor back in the chunk in use.
    #[inline(always)]
    fn go_back(&self, cursor: NonNull<u8>) {
        self.cursor.set(cursor);
        if poison::ENABLED {
            poison::no_access(cursor, self.chunk.get().end() - cursor.addr().get());
        }
    }

    /// Goes back to the start of the chunks.
    fn restart(&self) {
        let chunk = self.supply.chunks().rewind();
        self.chunk.set(chunk);
        self.cursor.set(chunk.start());
    }

    /// Frees all chunks.
    ///
    /// # Safety
    ///
    /// As [`reset_unchecked`](Self::reset_unchecked).
    pub(super) unsafe fn free_all(&self) {
        let chain = self.supply.take_all();
        self.restart();
        // SAFETY: the chunks came from `base`, and nothing of them is used any more: their
        // blocks by the caller's promise, their handles after the restart.
        unsafe { chunk::free(chain, &self.base) };
    }

    /// A reset that looks at the chunks, and keeps at most `most` bytes of room.
    ///
    /// # Safety
    ///
    /// As [`reset_unchecked`](Self::reset_unchecked).
    #[cold]
    #[inline(never)]
    pub(super) unsafe fn reset_slow(&self, most: usize) {
        let used = self.used_in_chunk();
        let ended = self.supply.end_cycle(self.chunk.get(), used, most);
        // The arena is in order before the base allocator runs: that may use it, or panic.
        self.restart();
        // SAFETY: as in `free_all`.
        if let Some(chunk) = unsafe { self.supply.settle(ended, &self.base) } {
            self.enter(chunk, chunk.start());
        }
    }
}
