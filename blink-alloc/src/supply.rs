//! The chunks of an arena over time: adding them, and what a reset makes of them.
//!
//! Both arenas have one. It knows nothing of cursors: which chunk is in use, and what is in
//! it, is the arena's. Everything here is cold. The base allocator is the user's code: it is
//! called while all is in order, and nothing read before is relied on afterwards.

use core::cell::Cell;

use allocator_api2::alloc::{AllocError, Allocator};

use crate::{
    bump::CHUNK_ALIGN,
    chunk::{self, Chunk, ChunkList},
    growth::{self, Cycle, Phase, Steps, Wanted},
};

/// An arena's chunks, and what is known of how many it needs.
pub(crate) struct Supply {
    phase: Cell<Phase>,
    chunks: ChunkList,
    steps: Steps,
    /// Bytes that all chunks together may have.
    limit: Cell<usize>,
}

// SAFETY: the pointers lead to chunks that the list alone owns.
unsafe impl Send for Supply {}

/// What a cycle has left behind, see [`Supply::end_cycle`].
pub(crate) struct Ended {
    /// Chunks that are not kept.
    chain: Chunk,
    /// What the cycle took, if it is not just to be replayed.
    cycle: Option<Cycle>,
    /// Bytes of room that are kept at most.
    most: usize,
}

impl Supply {
    pub(crate) const fn new(steps: Steps) -> Self {
        Self {
            phase: Cell::new(Phase::Settled),
            chunks: ChunkList::new(),
            steps,
            limit: Cell::new(growth::NO_LIMIT),
        }
    }

    #[inline(always)]
    pub(crate) fn chunks(&self) -> &ChunkList {
        &self.chunks
    }

    /// Whether one chunk, or none, has served a whole cycle: a reset moves the cursor.
    #[inline(always)]
    pub(crate) fn has_settled(&self) -> bool {
        matches!(self.phase.get(), Phase::Settled)
    }

    pub(crate) fn limit(&self) -> Option<usize> {
        Some(self.limit.get()).filter(|&limit| limit != growth::NO_LIMIT)
    }

    pub(crate) fn set_limit(&self, limit: Option<usize>) {
        let limit = limit.unwrap_or(growth::NO_LIMIT);
        self.limit.set(limit.min(growth::NO_LIMIT));
    }

    /// A chunk for a request that needs `need` bytes of room: one that waits, or a new one.
    #[inline(always)]
    pub(crate) fn serve(&self, base: &impl Allocator, need: usize) -> Result<Chunk, AllocError> {
        match self.chunks.take_spare(|chunk| chunk.suits(need)) {
            Some(chunk) => Ok(chunk),
            None => self.add(base, need, growth::next_chunk),
        }
    }

    /// A chunk of the row with `need` bytes of room at least, to be filled by what comes.
    pub(crate) fn reserve(&self, base: &impl Allocator, need: usize) -> Result<Chunk, AllocError> {
        let in_row = |chunk: &Chunk| !chunk.is_own() && chunk.suits(need);
        match self.chunks.take_spare(in_row) {
            Some(chunk) => Ok(chunk),
            None => self.add(base, need, |need, step, _| Wanted {
                total: need.max(step),
                own: false,
            }),
        }
    }

    /// Gets a chunk with `need` bytes of room from the base allocator and adds it to the list.
    ///
    /// `choose` says how large it should be: from the least that will do, the step of the row,
    /// and the bytes in chunks of single blocks. Where that cannot be had, smaller ones are
    /// tried.
    #[inline(always)]
    fn add(
        &self,
        base: &impl Allocator,
        need: usize,
        choose: impl Fn(usize, usize, usize) -> Wanted,
    ) -> Result<Chunk, AllocError> {
        let least = growth::total(need).ok_or(AllocError)?;
        let holding = self.chunks.holding();
        let step = self.steps.after(holding.largest);
        let room = self.limit.get().saturating_sub(holding.total);
        let Wanted { total, own } = choose(least, step, holding.own);
        let mut total = growth::legal(total, room);
        if total < least {
            return Err(AllocError);
        }
        // The base allocator may use this arena meanwhile. The list and the phase are read
        // again after the call; what it took beyond the limit stays.
        let chunk = loop {
            match Chunk::new(base, total, own) {
                Ok(chunk) => break chunk,
                Err(error) => total = growth::smaller(total, least).ok_or(error)?,
            }
        };
        self.chunks.push(chunk);
        self.phase.set(self.phase.get().grown());
        Ok(chunk)
    }

    /// Ends a cycle: decides which chunks stay, `most` bytes of room at most, and lets the
    /// others leave the list. `current` is the chunk in use, filled up to `used`.
    ///
    /// Next the arena starts over with the chunks in the list, and passes the result to
    /// [`settle`](Self::settle).
    #[must_use]
    pub(crate) fn end_cycle(&self, current: Chunk, used: usize, most: usize) -> Ended {
        let cycle = self.chunks.cycle(current, used);
        let (phase, limited) = (self.phase.get(), self.limit().is_some());
        if phase.keeps_all(cycle, limited) && self.chunks.capacity() <= most {
            self.phase.set(Phase::Replay);
            return Ended {
                chain: Chunk::NONE,
                cycle: None,
                most,
            };
        }
        let chain = self.chunks.keep_largest(cycle.least()..=most);
        self.phase.set(phase.reduced(cycle));
        Ended {
            chain,
            cycle: Some(cycle),
            most,
        }
    }

    /// Frees the chunks that have left the list. If none has stayed, and the cycle took some
    /// room, gets one for all of it, which is returned.
    ///
    /// # Safety
    ///
    /// The chunks came from `base`, and nobody uses memory of those that have left, nor a
    /// handle to them.
    pub(crate) unsafe fn settle(&self, ended: Ended, base: &impl Allocator) -> Option<Chunk> {
        let Ended { chain, cycle, most } = ended;
        // SAFETY: the caller's promise.
        unsafe { chunk::free(chain, base) };
        let cycle = cycle.filter(|_| self.chunks.is_empty())?;
        let most = most & !(CHUNK_ALIGN - 1);
        if cycle.used == 0 || cycle.used > most {
            self.phase.set(Phase::Settled);
            return None;
        }
        // Now, and not when it is needed: the next cycle starts as all later ones will.
        let capacity = cycle.capacity().min(most);
        let exactly = |need, _, _| Wanted {
            total: need,
            own: false,
        };
        let chunk = self.add(base, capacity, exactly).ok();
        if chunk.is_none() {
            self.phase.set(Phase::Refused);
        }
        chunk
    }

    /// Lets all chunks leave the list, for [`free`](chunk::free). What the arena needs is
    /// forgotten.
    #[must_use]
    pub(crate) fn take_all(&self) -> Chunk {
        self.phase.set(Phase::Settled);
        self.chunks.take_all()
    }
}
