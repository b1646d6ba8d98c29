//! How large the next chunk is. Numbers only: no pointers, no unsafe.
//!
//! Sizes are totals in bytes: what is asked of the base allocator, record included.

use core::iter::{once, successors};

use crate::{
    bump::{CHUNK_ALIGN, round_up},
    chunk::FOOTER,
};

/// The first chunk of an arena that was not told otherwise.
pub(crate) const FIRST: usize = 512;

/// What an arena holds when it needs another chunk.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Holding {
    /// Bytes of all chunks.
    pub total: usize,
    /// Bytes of the largest chunk in the row that serves small requests; 0 without one.
    pub largest: usize,
    /// Bytes of the chunks that were made for one large request each.
    pub own: usize,
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

/// What the row grows by: it doubles, from `first` on.
pub(crate) const fn step(largest: usize, first: usize) -> usize {
    if largest == 0 {
        first
    } else {
        largest.saturating_mul(2)
    }
}

/// Bytes to ask for, so that a chunk has `capacity` bytes of room; `None` where there is no
/// such layout.
pub(crate) const fn total(capacity: usize) -> Option<usize> {
    let largest = isize::MAX as usize - (CHUNK_ALIGN - 1);
    match capacity.checked_add(FOOTER) {
        Some(total) if total <= largest => Some(round_up(total, CHUNK_ALIGN)),
        _ => None,
    }
}

/// The sizes to try, largest first, down to `least`: what was planned, what is usual, and then
/// halves of it. None is above `room`, what the arena's limit leaves.
pub(crate) fn attempts(
    planned: Wanted,
    usual: Wanted,
    least: usize,
    room: usize,
) -> impl Iterator<Item = Wanted> {
    let largest = (isize::MAX as usize).min(room) & !(CHUNK_ALIGN - 1);
    let legal = move |total: usize| round_up(total.min(largest), CHUNK_ALIGN).min(largest);
    let planned = Wanted {
        total: legal(planned.total),
        ..planned
    };
    let usual = Wanted {
        total: legal(usual.total),
        ..usual
    };
    let halves = successors(Some(usual), move |wanted| {
        let smaller = legal((wanted.total / 2).max(least));
        (smaller < wanted.total).then_some(Wanted {
            total: smaller,
            ..*wanted
        })
    });
    once(planned)
        .filter(move |planned| planned.total > usual.total)
        .chain(halves)
        .filter(move |wanted| wanted.total >= least)
}

/// What a reset makes of the chunks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// At most one chunk, and none was added since the last reset: a reset moves the cursor.
    Settled,
    /// Chunks were added since the last reset: if there are several, a reset makes one of them.
    Grown,
    /// The last reset made one chunk out of several, and this cycle shows whether it is enough.
    Trial,
    /// It was not. The chunks stay as they are: in the order in which they were needed they
    /// serve the same cycle again, without a call of the base allocator.
    Replay,
}

impl Phase {
    /// The phase after a chunk was added.
    pub(crate) const fn grown(self) -> Self {
        match self {
            Self::Trial => Self::Trial,
            Self::Settled | Self::Grown | Self::Replay => Self::Grown,
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
}

impl Cycle {
    /// Capacity of one chunk for the whole cycle.
    ///
    /// Another chunk has another address. What was placed in one chunk can need as many more
    /// bytes elsewhere as its largest alignment, once; alignments above 64 are left to
    /// [`Phase::Replay`].
    pub(crate) const fn capacity(self) -> usize {
        let padding = self.chunks.saturating_mul(64);
        self.used.saturating_add(self.slack).saturating_add(padding)
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn the_row_doubles() {
        let mut largest = 0;
        for expected in [512, 1024, 2048, 4096] {
            largest = step(largest, FIRST);
            assert_eq!(largest, expected);
        }
        assert_eq!(step(usize::MAX / 2 + 1, FIRST), usize::MAX);
    }

    fn tried(planned: usize, usual: usize, least: usize, room: usize) -> Vec<usize> {
        let wanted = |total| Wanted { total, own: false };
        attempts(wanted(planned), wanted(usual), least, room)
            .map(|wanted| wanted.total)
            .collect()
    }

    #[test]
    fn attempts_go_down_to_the_least() {
        assert_eq!(tried(0, 1024, 300, usize::MAX), [1024, 512, 304]);
        assert_eq!(tried(4096, 1024, 1024, usize::MAX), [4096, 1024]);
        assert_eq!(tried(1024, 1024, 512, usize::MAX), [1024, 512]);
    }

    #[test]
    fn attempts_stay_within_the_limit() {
        assert_eq!(tried(8192, 4096, 512, 3000), [2992, 1504, 752, 512]);
        assert_eq!(tried(0, 1024, 512, 500), []);
        assert_eq!(tried(0, 1024, 512, 0), []);
        let largest = isize::MAX as usize & !15;
        assert_eq!(tried(0, usize::MAX, largest, usize::MAX), [largest]);
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
