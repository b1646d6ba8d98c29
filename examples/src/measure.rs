//! Time, allocator calls and memory of a job that runs many times.

use std::time::{Duration, Instant};

use crate::counting::Counting;

/// What the runs of one job took.
#[derive(Default)]
pub struct Measured {
    times: Vec<Duration>,
    calls: usize,
    peak: isize,
}

impl Measured {
    /// The head of a table of [rows](Self::row).
    pub const HEAD: &str = "                                time    system allocator calls";

    /// Runs the job once more.
    pub fn run(&mut self, job: impl FnOnce()) {
        let start = Instant::now();
        let taken = Counting::taken_by(job);
        self.times.push(start.elapsed());
        self.calls = self.calls.max(taken.calls);
        self.peak = self.peak.max(taken.peak);
    }

    /// The time that as many runs stayed below as above.
    pub fn median(&self) -> Duration {
        let mut times = self.times.clone();
        times.sort();
        times[times.len() / 2]
    }

    /// The calls of the run that made most.
    pub fn calls(&self) -> usize {
        self.calls
    }

    /// The most bytes in use at one moment, above those before the run.
    pub fn peak(&self) -> isize {
        self.peak
    }

    /// A row of a table: the median time, and the calls of the run that made most.
    pub fn row(self, name: &str) -> String {
        let median = self.median();
        format!("{name:<24}{median:>12.1?}{:>26}", self.calls)
    }
}
