//! The tip: what is freed, shrunk or grown there, while the other thread takes. Bytes that come
//! back are ordered before their next use.

use crate::model::{Model, Step, Step::*};

const WORD: Step = Take(8, 8);

fn race(one: &'static [Step], other: &'static [Step]) {
    Model::new(512, [one, other], 1).check();
}

/// The same, from an arena that has a chunk, with a block of the first thread in it.
fn race_on(one: &'static [Step], other: &'static [Step]) {
    Model {
        before: &[WORD],
        ..Model::new(512, [one, other], 1)
    }
    .check();
}

#[test]
fn freed_and_taken() {
    race(&[WORD, Free, WORD], &[WORD, WORD]);
    race_on(&[Free, WORD], &[WORD, WORD]);
}

#[test]
fn freed_and_taken_with_alignment() {
    race_on(&[Free, Take(16, 16)], &[Take(16, 16), Take(8, 32)]);
}

#[test]
fn freed_by_both() {
    race_on(&[Free, WORD], &[WORD, Free, WORD]);
}

#[test]
fn freed_and_grown_into() {
    race_on(&[Resize(32)], &[WORD, Free, WORD]);
}

#[test]
fn grown_and_taken() {
    race_on(&[Resize(24), Free], &[WORD, WORD]);
}

#[test]
fn shrunk_and_taken() {
    Model {
        before: &[Take(40, 8)],
        ..Model::new(512, [&[Resize(8), WORD], &[WORD, WORD]], 1)
    }
    .check();
}

#[test]
fn shrunk_and_grown_into() {
    race_on(&[Resize(40), Resize(16)], &[Take(32, 8), Resize(48)]);
}

#[test]
fn grown_at_the_end_of_the_chunk() {
    Model {
        before: &[WORD],
        ..Model::new(0, [&[Resize(16), Free], &[WORD, Free]], 2)
    }
    .check();
}

/// A block of a chunk that is not in use any more is the tip of nothing.
#[test]
fn freed_when_its_chunk_is_left() {
    Model {
        before: &[WORD],
        ..Model::new(0, [&[Free, WORD], &[Take(16, 8), WORD]], 2)
    }
    .check();
}
