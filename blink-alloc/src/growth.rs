//! How large the next chunk is. Numbers only: no pointers, no unsafe.
//!
//! Sizes are totals in bytes: what is asked of the base allocator, record included.

use crate::{
    bump::{CHUNK_ALIGN, round_up},
    chunk::FOOTER,
    items::AHEAD,
};

/// The first chunk of an arena that was not told otherwise.
pub(crate) const FIRST: usize = 512;

/// What an arena holds when it needs another chunk.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Holding {
    /// Bytes of all chunks.
    pub total: usize,
    /// Bytes of the largest chunk in the row that serves small requests; 0 without one.
    pub largest: usize,
    /// Bytes of the chunks that were made for one large request each.
    pub own: usize,
}

impl Holding {
    pub(crate) const NONE: Self = Self {
        total: 0,
        largest: 0,
        own: 0,
    };

    /// With a chunk of `total` bytes more.
    pub(crate) const fn with(mut self, total: usize, own: bool) -> Self {
        self.total += total;
        if own {
            self.own += total;
        } else if total > self.largest {
            self.largest = total;
        }
        self
    }
}

/// A chunk to ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub total: usize,
    /// The chunk is for the one request that led to it; the current chunk stays current.
    pub own: bool,
}

/// The next chunk, for a request that needs `need` bytes of it.
///
/// `step` is what the row of chunks would grow by. A larger request gets a chunk of its own
/// and leaves the row alone, so that 10 B, 1 MiB, 10 B costs 1 MiB and not 3. Where requests
/// of that size come again, chunks of their own would mean a call of the base allocator for
/// each: then the row takes the step up.
pub(crate) const fn next_chunk(need: usize, step: usize, own: usize) -> Wanted {
    if need <= step {
        Wanted {
            total: step,
            own: false,
        }
    } else if need > own {
        Wanted {
            total: need,
            own: true,
        }
    } else {
        Wanted {
            total: own.saturating_add(need),
            own: false,
        }
    }
}

/// What the row of chunks grows by: it doubles, from the first size on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Steps {
    first: usize,
    /// Half of the last step, after which they stay equal.
    half: usize,
}

impl Steps {
    /// Without end.
    pub(crate) const fn from(first: usize) -> Self {
        let half = usize::MAX / 2;
        Self { first, half }
    }

    /// Up to `last`.
    #[cfg_attr(not(target_has_atomic = "ptr"), expect(dead_code))]
    pub(crate) const fn up_to(mut self, last: usize) -> Self {
        self.half = last / 2;
        self
    }

    /// The step after a chunk of `largest` bytes; 0 without one.
    pub(crate) const fn after(self, largest: usize) -> usize {
        if largest == 0 {
            self.first
        } else if largest < self.half {
            2 * largest
        } else {
            2 * self.half
        }
    }
}

/// Whether the rest of a chunk is not worth going back to, when a frame has ended in another
/// one.
///
/// A frame that has found no room in it, and is small next to the chunk, left little. Of one
/// that is large the work is more than that of changing chunks.
pub(crate) const fn is_almost_full(capacity: usize, rest: usize) -> bool {
    rest <= capacity / 8
}

/// Bytes to ask for, so that a chunk has `capacity` bytes of room; `None` where there is no
/// such layout.
pub(crate) const fn total(capacity: usize) -> Option<usize> {
    match capacity.checked_add(FOOTER) {
        Some(total) if total <= NO_LIMIT => Some(round_up(total, CHUNK_ALIGN)),
        _ => None,
    }
}

/// The limit of an arena without one: the largest chunk there can be.
pub(crate) const NO_LIMIT: usize = isize::MAX as usize & !(CHUNK_ALIGN - 1);

/// The nearest size to `total` that can be asked for: a multiple of [`CHUNK_ALIGN`], and not
/// above `room`, what is left of the arena's limit.
pub(crate) const fn legal(total: usize, room: usize) -> usize {
    let room = room & !(CHUNK_ALIGN - 1);
    if total < room {
        round_up(total, CHUNK_ALIGN)
    } else {
        room
    }
}

/// The size to try after `total` was refused: half of it, down to `least`.
pub(crate) const fn smaller(total: usize, least: usize) -> Option<usize> {
    if total <= least {
        return None;
    }
    let half = round_up(total / 2, CHUNK_ALIGN);
    Some(if half > least { half } else { least })
}

/// What the last reset made of the chunks, and what has happened since.
///
/// A cycle is what is allocated between two resets. Equal cycles that start from the same
/// chunks find the same room, so the arena has settled as soon as one cycle has added nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// One chunk that served a whole cycle, or none. A reset moves the cursor.
    Settled,
    /// Chunks were added. A reset makes one of them.
    Grown,
    /// The last reset left one chunk that should be enough. This cycle shows.
    Trial,
    /// It was not, or one chunk cannot be had. All chunks are kept: in the order in which they
    /// were needed they serve the same cycle again.
    Replay,
    /// The last reset asked for one chunk in vain. What this cycle needs will be kept.
    Refused,
}

impl Phase {
    /// The phase after a chunk was added.
    pub(crate) const fn grown(self) -> Self {
        match self {
            Self::Trial | Self::Refused => self,
            Self::Settled | Self::Grown | Self::Replay => Self::Grown,
        }
    }

    /// Whether a reset after this cycle keeps all chunks.
    ///
    /// Under a limit always: one chunk for all might not be had any more, and what has worked
    /// has to work again.
    pub(crate) const fn keeps_all(self, cycle: Cycle, limited: bool) -> bool {
        cycle.chunks > 1
            && match self {
                _ if limited => true,
                Self::Refused => true,
                Self::Trial => !cycle.is_another(),
                // A chunk that was not needed: this is another cycle.
                Self::Replay => !cycle.spare,
                Self::Settled | Self::Grown => false,
            }
    }

    /// The phase after a reset that leaves one chunk.
    pub(crate) const fn reduced(self, cycle: Cycle) -> Self {
        match self {
            Self::Trial | Self::Settled if cycle.chunks == 1 => Self::Settled,
            _ => Self::Trial,
        }
    }
}

/// What one cycle took, summed over its chunks.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cycle {
    /// Bytes below the cursors, padding included.
    pub used: usize,
    /// Room that the chunk in use had left at the end. The cycle may have filled it in
    /// between and given it back.
    pub slack: usize,
    pub chunks: usize,
    /// Capacity of the first chunk.
    pub first: usize,
    /// Whether a chunk was left unused, behind all others.
    pub spare: bool,
}

impl Cycle {
    /// Capacity that one chunk must have to be kept for the whole cycle.
    ///
    /// Another chunk has another address. What was placed in one chunk can need as many more
    /// bytes elsewhere as its largest alignment, once. Alignments above 64 are rare enough to
    /// be left to [`Phase::Replay`].
    pub(crate) const fn least(self) -> usize {
        let padding = if self.chunks > 1 { 64 } else { 0 };
        self.used
            .saturating_add(self.chunks.saturating_mul(padding))
    }

    /// Capacity that a new chunk for the whole cycle should have.
    pub(crate) const fn capacity(self) -> usize {
        self.least().saturating_add(self.slack)
    }

    /// Whether this cannot be the cycle before, for which the first chunk was meant: it took
    /// more than [`AHEAD`] times as much (what is taken ahead of an iterator depends on the
    /// chunk, and is lost if the iterator allocates), and more than the alignments usual for pages explain, once for
    /// each chunk of this cycle and of that one, as many as doubling makes.
    const fn is_another(self) -> bool {
        let doublings = (self.first / (FIRST / 2)).checked_ilog2();
        let before = match doublings {
            Some(doublings) => doublings as usize + 1,
            None => 1,
        };
        let padding = self.chunks.saturating_add(before).saturating_mul(4096);
        self.used.saturating_sub(padding) / AHEAD > self.first
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use alloc::vec::Vec;
    use core::iter::successors;

    use super::*;

    #[test]
    fn the_row_doubles() {
        let mut largest = 0;
        for expected in [512, 1024, 2048, 4096] {
            largest = Steps::from(FIRST).after(largest);
            assert_eq!(largest, expected);
        }
        assert_eq!(Steps::from(FIRST).after(usize::MAX / 2 + 1), usize::MAX - 1);
    }

    #[test]
    fn the_row_doubles_up_to_an_end() {
        let steps = Steps::from(16).up_to(50);
        let taken = successors(Some(0), |&largest| Some(steps.after(largest)));
        assert_eq!(taken.take(5).collect::<Vec<_>>(), [0, 16, 32, 50, 50]);
        assert_eq!(steps.after(1000), 50);
    }

    #[test]
    fn a_cycle_that_takes_far_more_is_another() {
        let cycle = |first, used, chunks| Cycle {
            first,
            used,
            chunks,
            ..Cycle::default()
        };
        assert!(
            !cycle(464, 20_000, 5).is_another(),
            "or page-aligned blocks"
        );
        assert!(cycle(976, 130_000, 7).is_another());
        assert!(!cycle(8_336, 66_720, 2).is_another());
        assert!(!cycle(1 << 20, 8 << 20, 2).is_another());
        assert!(cycle(1 << 20, 9 << 20, 2).is_another());
        assert!(!cycle(usize::MAX, usize::MAX, usize::MAX).is_another());
        assert!(cycle(0, usize::MAX, 1).is_another());
    }

    #[test]
    fn an_arena_settles_after_one_cycle_in_one_chunk() {
        let one = Cycle {
            chunks: 1,
            first: 464,
            ..Cycle::default()
        };
        let several = Cycle { chunks: 3, ..one };
        let spare = Cycle {
            spare: true,
            ..several
        };
        let another = Cycle {
            used: 1 << 20,
            ..several
        };
        for phase in [Phase::Settled, Phase::Grown, Phase::Trial, Phase::Replay] {
            assert!(!phase.keeps_all(one, true), "one chunk is nothing to keep");
            assert!(phase.keeps_all(several, true));
        }
        assert_eq!(Phase::Grown.reduced(one), Phase::Trial);
        assert_eq!(Phase::Trial.reduced(one), Phase::Settled);

        assert!(!Phase::Grown.keeps_all(several, false));
        assert_eq!(Phase::Grown.reduced(several), Phase::Trial);

        assert!(Phase::Trial.keeps_all(several, false));
        assert!(!Phase::Trial.keeps_all(another, false));
        assert_eq!(Phase::Trial.reduced(another), Phase::Trial);

        assert!(Phase::Replay.keeps_all(several, false));
        assert!(!Phase::Replay.keeps_all(spare, false));
        assert_eq!(Phase::Replay.reduced(spare), Phase::Trial);

        assert!(Phase::Refused.keeps_all(several, false));
        assert_eq!(Phase::Refused.grown(), Phase::Refused);
        assert_eq!(Phase::Trial.grown(), Phase::Trial);
        assert_eq!(Phase::Replay.grown(), Phase::Grown);
    }

    #[test]
    fn refused_sizes_shrink_to_the_least() {
        let tried = successors(Some(4096), |&total| smaller(total, 608));
        assert_eq!(tried.collect::<Vec<_>>(), [4096, 2048, 1024, 608]);
        assert_eq!(smaller(608, 608), None);
        assert_eq!(smaller(100, 608), None);
        let largest = isize::MAX as usize & !15;
        assert!(successors(Some(largest), |&total| smaller(total, 64)).count() < 64);
    }

    #[test]
    fn legal_sizes_stay_within_the_limit() {
        assert_eq!(legal(1000, NO_LIMIT), 1008);
        assert_eq!(legal(1008, NO_LIMIT), 1008);
        assert_eq!(legal(1000, 1007), 992);
        assert_eq!(legal(1000, 1008), 1008);
        assert_eq!(legal(1000, 0), 0);
        assert_eq!(legal(usize::MAX, NO_LIMIT), isize::MAX as usize & !15);
    }

    #[test]
    fn totals_are_legal_layouts() {
        assert_eq!(total(0), Some(FOOTER));
        assert_eq!(total(17), Some(FOOTER + 32));
        let largest = isize::MAX as usize & !15;
        assert_eq!(total(largest - FOOTER), Some(largest));
        assert_eq!(total(largest - FOOTER + 1), None);
        assert_eq!(total(usize::MAX), None);
    }

    #[test]
    fn one_large_request_leaves_the_row_alone_and_a_second_raises_it() {
        let (small, large) = (100, 1 << 20);
        assert_eq!(next_chunk(small, 1024, 0).total, 1024);
        let first = next_chunk(large, 1024, 0);
        assert_eq!((first.total, first.own), (large, true));
        let second = next_chunk(large, 1024, large);
        assert_eq!((second.total, second.own), (2 * large, false));
        let larger = next_chunk(2 * large, 1024, large);
        assert!(larger.own, "a buffer that doubles stays out of the row");
    }
}
