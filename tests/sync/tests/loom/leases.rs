//! Leases: one thread has each, and hands over what it did to it when it gives it back.

use crate::model::{Model, Step, Step::*};

/// A block of a local arena.
const PIECE: Step = Take(64, 8);
const ONE: Step = Local(&[PIECE]);

/// Takes all that a reset has kept, and another lease.
const OVER: &[Step] = &[
    Forgotten(&[PIECE]),
    Take(8192, 8),
    Take(8192, 8),
    Forgotten(&[Take(12_000, 8)]),
    Take(8192, 8),
    Take(8192, 8),
    Forgotten(&[Take(12_000, 8)]),
];

fn race(before: &'static [Step], threads: [&'static [Step]; 2], chunks: usize) {
    Model {
        before,
        after: OVER,
        ..Model::new(4096, threads, chunks)
    }
    .check();
}

#[test]
fn two_at_once() {
    race(&[], [&[ONE], &[ONE]], 2);
}

#[test]
fn given_back_and_taken() {
    race(&[], [&[ONE, ONE], &[ONE]], 2);
}

#[test]
fn one_that_waits_is_taken_once() {
    race(&[ONE], [&[ONE], &[ONE]], 2);
}

/// Two come back while a third is wanted.
#[test]
fn given_back_by_both() {
    const TWO: Step = Local(&[PIECE, Local(&[PIECE])]);
    race(&[TWO], [&[ONE, ONE], &[ONE]], 2);
}

/// While one looks, what it has taken off the list is not lost.
#[test]
fn of_different_sizes() {
    const LARGE: Step = Local(&[Take(40_000, 8)]);
    race(&[ONE, LARGE], [&[ONE], &[LARGE]], 2);
}

#[test]
fn beside_blocks() {
    race(&[], [&[ONE, Take(8, 8)], &[Take(8, 8), Take(24, 8)]], 3);
}

#[test]
fn forgotten() {
    race(&[ONE], [&[Forgotten(&[PIECE])], &[ONE]], 2);
}
