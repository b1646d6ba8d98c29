//! The lock: what reserves, counts and adds chunks comes one after the other.

use crate::model::{Model, Step, Step::*};

const WORD: Step = Take(8, 8);

#[test]
fn reserving_beside_a_block() {
    Model::new(0, [&[Reserve(100), WORD], &[WORD, Take(24, 8)]], 3).check();
}

#[test]
fn reserving_by_both() {
    Model::new(0, [&[Reserve(100), WORD], &[Reserve(100), WORD]], 1).check();
}

#[test]
fn counting_beside_a_new_chunk() {
    Model {
        before: &[WORD],
        ..Model::new(0, [&[Stats, WORD], &[Take(16, 8), Free]], 2)
    }
    .check();
}
