//! The chunks of an arena: adding them, leaving them, and what a reset makes of them.
//!
//! Everything here is cold. The base allocator is the user's code: it is called while the
//! arena is in a consistent state, and nothing read before is relied on afterwards.

use core::ptr::NonNull;

use allocator_api2::alloc::{AllocError, Allocator};

use super::BlinkAlloc;
use crate::{
    chunk::Chunk,
    growth::{self, Phase, Wanted},
};

impl<A: Allocator, const MIN_ALIGN: usize> BlinkAlloc<A, MIN_ALIGN> {
    /// Bytes below the cursor in the chunk in use.
    pub(super) fn used_in_chunk(&self) -> usize {
        self.cursor_addr() - self.chunk.get().start().addr().get()
    }

    /// Leaves the chunk in use and goes on at `cursor` in another one.
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
    pub(super) fn add_chunk(
        &self,
        need: usize,
        choose: impl Fn(usize, usize, usize) -> Wanted,
    ) -> Result<Chunk, AllocError> {
        let least = growth::total(need).ok_or(AllocError)?;
        let holding = self.chunks.holding();
        let step = growth::step(holding.largest, self.first);
        let room = self.limit.get().saturating_sub(holding.total);
        let planned = choose(least, step.max(self.planned.get()), holding.own);
        let usual = choose(least, step, holding.own);
        for wanted in growth::attempts(planned, usual, least, room) {
            if let Ok(chunk) = Chunk::new(&self.base, wanted.total, wanted.own) {
                // Nothing above is relied on after the call: the base allocator may have used
                // this arena.
                self.chunks.push(chunk);
                self.phase.set(self.phase.get().grown());
                if !wanted.own {
                    self.planned.set(0);
                }
                return Ok(chunk);
            }
        }
        Err(AllocError)
    }

    /// Leaves all chunks, so that they can be freed or used from the start.
    fn leave(&self) {
        self.chunk.set(Chunk::NONE);
        self.cursor.set(Chunk::NONE_START);
    }

    /// Frees all chunks.
    ///
    /// # Safety
    ///
    /// As [`reset_unchecked`](Self::reset_unchecked).
    pub(super) unsafe fn free_all(&self) {
        self.leave();
        self.planned.set(0);
        self.phase.set(Phase::Settled);
        // SAFETY: the chunks came from `base`, and nothing of them is used any more: their
        // blocks by the caller's promise, their handles because of `leave`.
        unsafe { self.chunks.keep_largest(usize::MAX, &self.base) };
    }

    /// A reset with several chunks, or with new ones.
    ///
    /// # Safety
    ///
    /// As [`reset_unchecked`](Self::reset_unchecked).
    #[cold]
    #[inline(never)]
    pub(super) unsafe fn reset_slow(&self) {
        let cycle = self.chunks.cycle(self.chunk.get(), self.used_in_chunk());
        self.leave();
        match (self.phase.get(), cycle.chunks) {
            // Nothing was allocated.
            (_, 0) => {}
            (Phase::Trial | Phase::Replay, 2..) => self.phase.set(Phase::Replay),
            (_, chunks) => {
                self.phase.set(if chunks == 1 {
                    Phase::Settled
                } else {
                    Phase::Trial
                });
                // SAFETY: as in `free_all`.
                unsafe { self.chunks.keep_largest(cycle.used, &self.base) };
                if self.chunks.len() == 0 {
                    self.planned
                        .set(growth::total(cycle.capacity()).unwrap_or(0));
                }
            }
        }
        let chunk = self.chunks.rewind();
        self.chunk.set(chunk);
        self.cursor.set(chunk.start());
    }
}
