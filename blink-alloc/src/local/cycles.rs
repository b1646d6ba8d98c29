//! The chunks of an arena: adding them, leaving them, and what a reset makes of them.
//!
//! Everything here is cold. The base allocator is the user's code: it is called while the
//! arena is in a consistent state, and nothing read before is relied on afterwards.

use core::{ops::RangeInclusive, ptr::NonNull};

use allocator_api2::alloc::{AllocError, Allocator};

use super::{BlinkAlloc, Mark};
use crate::{
    bump::CHUNK_ALIGN,
    chunk::{self, Chunk},
    growth::{self, Phase, Wanted},
    poison,
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

    /// Gets a chunk with `need` bytes of room from the base allocator and adds it to the list.
    ///
    /// `choose` says how large it should be: from the least that will do, the step of the row,
    /// and the bytes in chunks of single blocks. Where that cannot be had, smaller ones are
    /// tried.
    #[inline]
    pub(super) fn add_chunk(
        &self,
        need: usize,
        choose: impl Fn(usize, usize, usize) -> Wanted,
    ) -> Result<Chunk, AllocError> {
        let least = growth::total(need).ok_or(AllocError)?;
        let holding = self.chunks.holding();
        let step = growth::step(holding.largest, self.first);
        let room = self.limit.get().saturating_sub(holding.total);
        let Wanted { total, own } = choose(least, step, holding.own);
        let mut total = growth::legal(total, room);
        if total < least {
            return Err(AllocError);
        }
        // The base allocator may use this arena meanwhile. The list and the phase are read
        // again after the call; what it took beyond the limit stays.
        let chunk = loop {
            match Chunk::new(&self.base, total, own) {
                Ok(chunk) => break chunk,
                Err(error) => total = growth::smaller(total, least).ok_or(error)?,
            }
        };
        self.chunks.push(chunk);
        self.phase.set(self.phase.get().grown());
        Ok(chunk)
    }

    /// Gets a chunk of the row with just `capacity` bytes of room and goes on there.
    pub(super) fn enter_exactly(&self, capacity: usize) -> Result<(), AllocError> {
        let chunk = self.add_chunk(capacity, |need, _, _| Wanted {
            total: need,
            own: false,
        })?;
        self.enter(chunk, chunk.start());
        Ok(())
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
        self.chunks.rewind_to(mark.tail, self.chunk.get());
        let chunk = self.chunks.around(mark.cursor.addr().get());
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
        if let Some(next) = self.chunks.take_next_of_row() {
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
        let same = self.chunks.tail() == mark.tail;
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
        let chunk = self.chunks.rewind();
        self.chunk.set(chunk);
        self.cursor.set(chunk.start());
    }

    /// Frees all chunks.
    ///
    /// # Safety
    ///
    /// As [`reset_unchecked`](Self::reset_unchecked).
    pub(super) unsafe fn free_all(&self) {
        let chain = self.chunks.keep_largest(NO_SIZE);
        self.phase.set(Phase::Settled);
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
        let cycle = self.chunks.cycle(self.chunk.get(), self.used_in_chunk());
        let (phase, limited) = (self.phase.get(), self.limit().is_some());
        if phase.keeps_all(cycle, limited) && self.chunks.capacity() <= most {
            self.phase.set(Phase::Replay);
            self.restart();
            return;
        }
        let chain = self.chunks.keep_largest(cycle.least()..=most);
        self.phase.set(phase.reduced(cycle));
        // The arena is in order before the base allocator runs: that may use it, or panic.
        self.restart();
        // SAFETY: as in `free_all`.
        unsafe { chunk::free(chain, &self.base) };
        if self.chunks.is_empty() {
            let wanted = 0 < cycle.used && cycle.used <= most;
            // Now, and not when it is needed: the next cycle starts as all later ones will.
            let refused = wanted && {
                let most = most & !(CHUNK_ALIGN - 1);
                self.enter_exactly(cycle.capacity().min(most)).is_err()
            };
            if refused {
                self.phase.set(Phase::Refused);
            } else if !wanted {
                self.phase.set(Phase::Settled);
            }
        }
    }
}

/// Sizes that no chunk has.
const NO_SIZE: RangeInclusive<usize> = usize::MAX..=usize::MAX;
