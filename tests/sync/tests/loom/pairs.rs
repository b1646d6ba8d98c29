//! All short programs of two threads, one by one.

use crate::model::{Model, Step, Step::*};

/// What a thread may do with blocks. Sizes differ, so that nothing fits by accident.
const STEPS: [Step; 5] = [Take(8, 8), Take(16, 8), Take(16, 32), Free, Resize(24)];

/// All programs of `len` steps that need no more blocks than there are.
fn programs(len: usize, blocks: usize) -> Vec<Vec<Step>> {
    if len == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for step in STEPS {
        let left = match step {
            Take(..) => blocks + 1,
            Free if blocks > 0 => blocks - 1,
            Resize(_) if blocks > 0 => blocks,
            _ => continue,
        };
        for mut rest in programs(len - 1, left) {
            rest.insert(0, step);
            all.push(rest);
        }
    }
    all
}

/// Runs each pair of programs where the first thread has a block.
fn check(first: usize, before: &'static [Step], len: usize, chunks: usize) {
    let programs: [Vec<&'static [Step]>; 2] = [before.len(), 0].map(|blocks| {
        let programs = programs(len, blocks);
        programs.into_iter().map(|steps| &*steps.leak()).collect()
    });
    for &one in &programs[0] {
        for &other in &programs[1] {
            Model {
                before,
                ..Model::new(first, [one, other], chunks)
            }
            .check();
        }
    }
}

#[test]
fn in_one_chunk() {
    check(512, &[Take(8, 8)], 2, 1);
}

#[test]
fn at_the_end_of_a_chunk() {
    check(0, &[Take(8, 8)], 2, 3);
}
