//! Chunks: one thread adds one, and the other uses it.

use crate::model::{Model, Step, Step::*};

const WORD: Step = Take(8, 8);

#[test]
fn a_fresh_arena_gets_one() {
    let runs = Model::new(512, [&[WORD, WORD], &[WORD, WORD]], 1).check();
    assert!(runs > 10, "the atomics are not those of loom");
}

#[test]
fn of_aligned_blocks_too() {
    Model::new(512, [&[Take(24, 32)], &[Take(40, 16), WORD]], 1).check();
}

/// Both run out of the first chunk at the same time.
#[test]
fn both_go_on_in_the_second() {
    Model {
        before: &[WORD],
        ..Model::new(0, [&[WORD, WORD], &[WORD, WORD]], 2)
    }
    .check();
}

/// The last room is too small for one of them.
#[test]
fn one_goes_on_before_the_other() {
    Model {
        before: &[WORD],
        ..Model::new(0, [&[WORD, Take(16, 8)], &[Take(16, 8)]], 2)
    }
    .check();
}

/// A block of its own chunk leaves the chunk in use which is.
#[test]
fn a_large_block_leaves_the_chunk_in_use() {
    Model {
        before: &[WORD],
        ..Model::new(0, [&[Take(4000, 8)], &[WORD, Take(2000, 16)]], 3)
    }
    .check();
}

/// Both take the chunk that a rewind has left, and one goes on to another.
#[test]
fn what_waits_is_taken_once() {
    Model {
        before: &[WORD, Rewound(&[Take(100, 8), Take(100, 8)])],
        after: &[WORD, Take(100, 8), Take(300, 8)],
        ..Model::new(0, [&[Take(100, 8), Take(100, 8)], &[Take(24, 8)]], 3)
    }
    .check();
}
