//! Both forms in turn, many times.

use std::{hint::black_box, time::Duration};

use blink_alloc::Blink;

use super::{super::document::Document, answers};
use crate::{graphs::walk::Sum, measure::Measured};

/// Something that is done with both forms.
pub struct Step {
    /// What it is.
    pub name: &'static str,
    /// With the owned documents.
    pub owned: Cost,
    /// With the copies in an arena.
    pub copied: Cost,
}

/// What it took.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// The median.
    pub time: Duration,
    /// Calls of the system's allocator in the round that made most.
    pub calls: usize,
}

/// What the rounds took.
#[derive(Default)]
pub(super) struct Race {
    clone: Measured,
    drop: Measured,
    new: Measured,
    warm: Measured,
    reset: Measured,
    ask: [Measured; 2],
    walk: [Measured; 2],
}

impl Race {
    /// Copies documents in three ways, and frees the copies.
    pub(super) fn copy(&mut self, owned: &[Document], warm: &mut Blink, rounds: usize) {
        for round in 0..rounds {
            in_turn(
                round,
                [
                    &mut || {
                        let mut clone = Vec::new();
                        self.clone.run(|| clone = black_box(owned.to_vec()));
                        self.drop.run(|| drop(clone));
                    },
                    &mut || {
                        let blink = Blink::new();
                        self.new.run(|| _ = black_box(blink.clone_in(owned)));
                    },
                    &mut || {
                        self.warm.run(|| _ = black_box(warm.clone_in(owned)));
                        self.reset.run(|| warm.reset());
                    },
                ],
            );
        }
    }

    /// Asks documents all questions, and visits all that is in them.
    pub(super) fn read(&mut self, owned: &[Document], warm: &Blink, rounds: usize) {
        let copy = warm.clone_in(owned);
        let [ask_owned, ask_copy] = &mut self.ask;
        for round in 0..rounds {
            in_turn(
                round,
                [
                    &mut || ask_owned.run(|| _ = black_box(answers(owned))),
                    &mut || ask_copy.run(|| _ = black_box(answers(copy))),
                ],
            );
        }
        let [walk_owned, walk_copy] = &mut self.walk;
        for round in 0..rounds {
            in_turn(
                round,
                [
                    &mut || walk_owned.run(|| _ = black_box(Sum::of(owned))),
                    &mut || walk_copy.run(|| _ = black_box(Sum::of(copy))),
                ],
            );
        }
    }

    pub(super) fn steps(&self) -> [Step; 5] {
        let [ask_owned, ask_copy] = &self.ask;
        let [walk_owned, walk_copy] = &self.walk;
        [
            ("copy to a new arena", &self.clone, &self.new),
            ("copy to a warm arena", &self.clone, &self.warm),
            ("ask", ask_owned, ask_copy),
            ("visit everything", walk_owned, walk_copy),
            ("free the copy", &self.drop, &self.reset),
        ]
        .map(|(name, owned, copied)| Step {
            name,
            owned: Cost::of(owned),
            copied: Cost::of(copied),
        })
    }
}

impl Cost {
    fn of(measured: &Measured) -> Self {
        Self {
            time: measured.median(),
            calls: measured.calls(),
        }
    }
}

/// Interleaved, so that whatever else is running slows down all. Another job begins each round, so
/// that none always finds what is its own in the caches.
fn in_turn<const N: usize>(round: usize, mut jobs: [&mut dyn FnMut(); N]) {
    jobs.rotate_left(round % N);
    for job in jobs {
        job();
    }
}
