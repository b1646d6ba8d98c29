//! Time and allocator calls of a job that runs many times.

use std::time::{Duration, Instant};

use crate::counting::Counting;

/// What the runs of one job took.
#[derive(Default)]
pub struct Measured {
    times: Vec<Duration>,
    calls: usize,
}

impl Measured {
    /// The head of a table of [rows](Self::row).
    pub const HEAD: &str = "                                time    system allocator calls";

    /// Runs the job once more.
    pub fn run(&mut self, job: impl FnOnce()) {
        let start = Instant::now();
        let calls = Counting::calls_during(job);
        self.times.push(start.elapsed());
        self.calls = self.calls.max(calls);
    }

    /// A row of a table: the median time, and the calls of the run that made most.
    pub fn row(mut self, name: &str) -> String {
        self.times.sort();
        let median = self.times[self.times.len() / 2];
        format!("{name:<24}{median:>12.1?}{:>26}", self.calls)
    }
}
