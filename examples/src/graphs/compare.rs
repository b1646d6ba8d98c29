//! What it takes to have documents and to use them: owned, and copied into an arena.

mod race;

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use blink_alloc::{Blink, Stats};
use serde_json::Error;

use super::{
    document::Document,
    questions::{Answers, Ask},
    walk::Sum,
};
use crate::counting::Counting;

use race::Race;
pub use race::{Cost, Step};

/// The [step](Comparison::steps) of copies into a warm arena.
pub const WARM: usize = 1;

/// What was measured of the documents of a file.
pub struct Comparison {
    /// What there is in all of them.
    pub sum: Sum,
    /// The answers about one of them, as they are printed.
    pub answers: String,
    /// Whether the copy was equal to the original, and stayed so when that was dropped.
    pub equal: bool,
    /// The time to read them all, once.
    pub parse: Duration,
    /// What is done with both forms.
    pub steps: [Step; 5],
    /// Bytes in use for the documents as they were read.
    pub read_bytes: isize,
    /// The same for a clone of them, of which no vector has room to spare.
    pub cloned_bytes: isize,
    /// What the copy takes of a warm arena.
    pub arena: Stats,
    /// Calls of the system's allocator for the first copies into an arena that is reset in
    /// between.
    pub first_calls: [usize; 3],
}

impl Comparison {
    /// Reads documents, copies them, asks them and frees them, in so many rounds.
    ///
    /// # Errors
    ///
    /// When the text is no document.
    pub fn new(text: &[u8], copies: usize, rounds: usize) -> Result<Self, Error> {
        let before = Counting::live();
        let start = Instant::now();
        let owned = Document::parse_copies(text, copies)?;
        let parse = start.elapsed();
        let read_bytes = Counting::live() - before;

        let mut warm = Blink::new();
        let first_calls = [(); 3].map(|()| copy_calls(&owned, &mut warm));
        let mut race = Race::default();
        race.copy(&owned, &mut warm, rounds);
        race.read(&owned, &warm, rounds);
        warm.reset();

        let cloned_bytes = cloned_bytes(&owned);
        // What a program does: one call, and the original is not needed any more.
        let copy = warm.clone_in(&owned);
        let sum = Sum::of(&owned);
        let answers = answers(&owned);
        let mut equal = answers == self::answers(copy);
        let printed = answers.first().map(Answers::to_string).unwrap_or_default();
        drop(answers);
        drop(owned);
        equal &= sum == Sum::of(copy);
        let arena = warm.allocator().stats();
        Ok(Self {
            sum,
            answers: printed,
            equal,
            parse,
            steps: race.steps(),
            read_bytes,
            cloned_bytes,
            arena,
            first_calls,
        })
    }

    /// Whether the copy is equal, and the warm arena took nothing from the system.
    pub fn is_good(&self) -> bool {
        let [.., last] = self.first_calls;
        self.equal && last == 0 && self.steps[WARM].copied.calls == 0
    }
}

/// The calls of the system's allocator for a copy into an arena.
fn copy_calls(owned: &[Document], blink: &mut Blink) -> usize {
    let calls = Counting::calls_during(|| _ = black_box(blink.clone_in(owned)));
    blink.reset();
    calls
}

/// The bytes that a clone takes.
fn cloned_bytes(owned: &[Document]) -> isize {
    let before = Counting::live();
    let _clone = black_box(owned.to_vec());
    Counting::live() - before
}

/// The answers about each document.
fn answers<D: Ask>(documents: &[D]) -> Vec<Answers<'_>> {
    documents.iter().map(Ask::ask).collect()
}
