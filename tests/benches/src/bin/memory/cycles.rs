//! Fills an arena and resets it, ten times, and looks at the base allocator meanwhile.

use blink_benches::arenas::Arena;

use crate::{
    counting::{bytes, calls, peak, start_peak},
    shapes::Full,
};

/// Cycles of filling and resetting.
const CYCLES: usize = 10;

/// What the base allocator was asked for.
pub struct Measured {
    /// Bytes that were committed when everything was alive, in the first cycle.
    pub full: usize,
    /// The most bytes that ever were, in any cycle.
    pub peak: usize,
    /// Bytes that the arena kept in the end, after a reset.
    pub kept: usize,
    /// Calls in each cycle.
    pub calls: [usize; CYCLES],
}

/// Does all cycles with a new arena.
pub fn measure<A: Arena>(fill: impl Fn(&A, usize, Full)) -> Measured {
    let before = bytes();
    let mut calls_before = calls();
    start_peak();
    let mut arena = A::default();
    let mut full = [0; CYCLES];
    let mut calls_of = [0; CYCLES];
    for cycle in 0..CYCLES {
        fill(&arena, cycle, &mut || full[cycle] = bytes() - before);
        arena.reset();
        calls_of[cycle] = calls() - calls_before;
        calls_before = calls();
    }
    Measured {
        full: full[0],
        peak: peak() - before,
        kept: bytes() - before,
        calls: calls_of,
    }
}
