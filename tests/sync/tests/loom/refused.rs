//! Refused requests: the cursor does not move by them, however large they are.

use crate::model::{Model, Step, Step::*};

const WORD: Step = Take(8, 8);
const MOST: usize = isize::MAX as usize & !7;

#[test]
fn absurd_ones_beside_small_ones() {
    Model::new(0, [&[Refused(MOST, 1), WORD], &[WORD, Refused(MOST, 8)]], 1).check();
}

#[test]
fn absurd_alignments() {
    let threads: [&'static [Step]; 2] = [
        &[Refused(8, 1 << 62), WORD],
        &[Refused(MOST / 2, 1 << 40), WORD],
    ];
    Model::new(0, threads, 1).check();
}

/// Where no chunk can be had, what is refused leaves the room to who asks for less.
#[test]
fn those_that_an_addition_would_serve() {
    Model {
        before: &[WORD, Limit],
        ..Model::new(0, [&[Refused(1024, 8), WORD], &[Refused(16, 8)]], 1)
    }
    .check();
}

/// Both find room, and one is late. It leaves the cursor behind the room; then there is none.
#[test]
fn late_ones() {
    Model {
        before: &[Limit],
        ..Model::new(0, [&[Try(16), Try(8)], &[Try(16), Try(8)]], 1)
    }
    .check();
}

#[test]
fn late_ones_of_a_full_chunk() {
    Model {
        before: &[WORD, Limit],
        ..Model::new(
            0,
            [&[Try(8), Refused(16, 8), Free], &[Try(8), Refused(8, 16)]],
            1,
        )
    }
    .check();
}
