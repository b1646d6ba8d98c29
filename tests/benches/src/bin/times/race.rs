//! Runs a race: who takes how long, and by how much that varies.

use std::{
    cell::Cell,
    time::{Duration, Instant},
};

use blink_benches::measure::{median, whose_turn};

use crate::{
    jobs::Job,
    races::{Contender, Race},
};

/// Blocks of turns. Each has arenas of its own, since where they lie makes a difference too.
const BLOCKS: usize = 9;
/// Turns of each contender in a block.
const TURNS: usize = 81;
/// The same where one of them takes [`LONG`] for a job.
const TURNS_IF_LONG: usize = 9;
const LONG: Duration = Duration::from_millis(5);
/// What one turn should take: long enough for the clock, short enough not to be interrupted.
const TURN: Duration = Duration::from_micros(100);

/// What a race has shown.
pub struct Outcome {
    /// Seconds of one of our jobs.
    pub ours: f64,
    /// Our time over each peer's.
    pub ratios: Vec<Ratio>,
}

/// Our time over that of a peer: in the middle, and in the blocks where it was least and most.
#[derive(Clone, Copy)]
pub struct Ratio {
    pub median: f64,
    pub least: f64,
    pub most: f64,
}

impl Ratio {
    fn of(ratios: Vec<f64>) -> Self {
        Self {
            least: ratios.iter().copied().fold(f64::INFINITY, f64::min),
            most: ratios.iter().copied().fold(0.0, f64::max),
            median: median(ratios),
        }
    }
}

/// All blocks of a race.
pub fn run(race: &Race) -> Outcome {
    let blocks: Vec<Vec<f64>> = (0..BLOCKS).map(|_| block(race)).collect();
    let ratio = |peer: usize| {
        let ratios = blocks.iter().map(|times| times[0] / times[1 + peer]);
        Ratio::of(ratios.collect())
    };
    Outcome {
        ours: median(blocks.iter().map(|times| times[0]).collect()),
        ratios: (0..race.peers.len()).map(ratio).collect(),
    }
}

/// The median time of one job of each contender, in seconds; ours first.
fn block(race: &Race) -> Vec<f64> {
    let makers = [race.ours].into_iter();
    let makers = makers.chain(race.peers.iter().map(|peer: &Contender| peer.make));
    let mut jobs: Vec<_> = makers.map(|make| make()).collect();
    let counts: Vec<u32> = jobs.iter_mut().map(jobs_per_turn).collect();
    let is_long = |job| time(job, 1) > LONG.as_secs_f64();
    let turns = if jobs.iter_mut().any(is_long) {
        TURNS_IF_LONG
    } else {
        TURNS
    };
    let mut times = vec![Vec::with_capacity(turns); jobs.len()];
    for round in 0..turns * jobs.len() {
        let who = whose_turn(round, jobs.len());
        times[who].push(turn(&mut jobs[who], counts[who]));
    }
    times.into_iter().map(median).collect()
}

/// How often a job runs in one turn. Warms it up as well.
fn jobs_per_turn(job: &mut Job) -> u32 {
    let mut count = 1;
    // A job once more than it takes the arena to settle.
    (0..4).for_each(|_| job());
    while time(job, count) * f64::from(count) < TURN.as_secs_f64() {
        count *= 2;
    }
    count
}

/// Seconds for one job. One more goes before, which brings back to the caches what the others
/// have pushed out.
fn turn(job: &mut Job, count: u32) -> f64 {
    job();
    time(job, count)
}

thread_local! {
    /// What jobs have done without being timed.
    static UNTIMED: Cell<Duration> = const { Cell::new(Duration::ZERO) };
}

/// Does what a job needs, but is not meant to be timed for.
pub fn untimed<R>(f: impl FnOnce() -> R) -> R {
    let start = Instant::now();
    let result = f();
    UNTIMED.set(UNTIMED.get() + start.elapsed());
    result
}

/// Seconds for one job, measured over `count` of them.
fn time(job: &mut Job, count: u32) -> f64 {
    UNTIMED.set(Duration::ZERO);
    let start = Instant::now();
    for _ in 0..count {
        job();
    }
    let timed = start.elapsed() - UNTIMED.get();
    timed.as_secs_f64() / f64::from(count)
}
