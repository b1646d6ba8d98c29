//! The same job with an arena and with `serde_json::Value`, whose every string, array and
//! object is a block of the system's allocator: parse a text, use every value, free it all.

use std::{fmt, hint::black_box, time::Duration};

use serde_json::Value as Owned;

use super::{
    arenas::Arenas,
    checksum::{checksum, checksum_owned},
};
use crate::{counting::Counting, measure::Measured};

/// Rounds that are measured. Odd, so that one of them is the median.
const ROUNDS: usize = 21;

/// What the job took, one way and the other.
pub struct Comparison {
    new: Row,
    warm: Row,
    owned: Row,
}

struct Row {
    time: Duration,
    calls: usize,
    /// The most bytes in use at one moment, with what the arenas kept from the round before.
    peak: isize,
}

/// Does the job many times in three ways: with new arenas each round, with arenas that are
/// kept, and with `serde_json`.
///
/// # Panics
///
/// When the text is no document.
pub fn compare(text: &[u8]) -> Comparison {
    let before = Counting::live();
    let arenas = &mut Arenas::new();
    // From the third round on one chunk is large enough, and the system's allocator is not
    // called any more.
    for _ in 0..2 {
        round(text, arenas);
    }
    let kept = Counting::live() - before;

    let [mut new, mut warm, mut owned] = <[Measured; 3]>::default();
    for index in 0..ROUNDS {
        let mut jobs: [&mut dyn FnMut(); 3] = [
            &mut || new.run(|| round(text, &mut Arenas::new())),
            &mut || warm.run(|| round(text, arenas)),
            &mut || owned.run(|| round_owned(text)),
        ];
        // Interleaved, so that whatever else is running slows down all three, and in turn in
        // both orders, so that none has the caches to itself.
        if index % 2 == 1 {
            jobs.reverse();
        }
        for job in jobs {
            job();
        }
    }
    Comparison {
        new: Row::new(&new, 0),
        warm: Row::new(&warm, kept),
        owned: Row::new(&owned, 0),
    }
}

fn round(text: &[u8], arenas: &mut Arenas) {
    let document = arenas.parse(text).expect("a document");
    black_box(checksum(document));
    arenas.reset();
}

fn round_owned(text: &[u8]) {
    let document: Owned = serde_json::from_slice(text).expect("a document");
    black_box(checksum_owned(&document));
}

impl Row {
    fn new(measured: &Measured, kept: isize) -> Self {
        Self {
            time: measured.median(),
            calls: measured.calls(),
            peak: measured.peak() + kept,
        }
    }

    fn show(&self, f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
        let Self { time, calls, peak } = self;
        writeln!(f, "{name:<28}{time:>12.2?}{calls:>16}{peak:>16}")
    }

    /// This row divided by another one.
    fn show_ratio(&self, f: &mut fmt::Formatter<'_>, name: &str, other: &Self) -> fmt::Result {
        let time = ratio(self.time.as_secs_f64(), other.time.as_secs_f64(), 2);
        let calls = ratio(self.calls as f64, other.calls as f64, 4);
        let peak = ratio(self.peak as f64, other.peak as f64, 2);
        writeln!(f, "{name:<28}{time:>12}{calls:>16}{peak:>16}")
    }
}

/// A document without strings, arrays and objects takes nothing that one could divide by.
fn ratio(a: f64, b: f64, digits: usize) -> String {
    if b == 0.0 {
        return "-".to_owned();
    }
    format!("{:.digits$}", a / b)
}

/// A table, of a line for each of the three ways and the ratios.
impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { new, warm, owned } = self;
        writeln!(
            f,
            "{:<28}{:>12}{:>16}{:>16}",
            "", "time", "allocator calls", "peak bytes"
        )?;
        new.show(f, "new arenas each round")?;
        warm.show(f, "the same arenas, warm")?;
        owned.show(f, "serde_json::Value")?;
        new.show_ratio(f, "new arenas / serde_json", owned)?;
        warm.show_ratio(f, "warm arenas / serde_json", owned)?;
        write!(
            f,
            "median time of {ROUNDS} interleaved rounds, the most calls and bytes of one"
        )
    }
}
