//! Times of whole jobs, as ratios to named peers.
//!
//! ```text
//! cargo run --release -p blink-benches --bin times [-- NAME..]
//! ```
//!
//! Contenders take turns in one process, so that whatever slows the machine down slows all of
//! them. A ratio is that of the medians of many turns. It varies by a few percent from run to
//! run.

mod races;

use std::{
    env,
    time::{Duration, Instant},
};

use blink_benches::measure::{median, verdict, whose_turn};

use races::{Contender, RACES, Race};

/// Turns of each contender.
const TURNS: usize = 401;
/// What one turn should take: long enough for the clock, short enough not to be interrupted.
const TURN: Duration = Duration::from_micros(100);

fn main() {
    let names: Vec<String> = env::args().skip(1).collect();
    println!("| job | peer | ours | peer's | ratio | target |");
    println!("|---|---|---|---|---|---|");
    for race in RACES {
        if names.is_empty() || names.iter().any(|name| race.name.contains(name.as_str())) {
            report(race);
        }
    }
}

fn report(race: &Race) {
    let times = run(race);
    for (peer, &theirs) in race.peers.iter().zip(&times[1..]) {
        let ratio = times[0] / theirs;
        let target = verdict(ratio, peer.target).unwrap_or_else(|| "-".to_owned());
        println!(
            "| {} | {} | {} | {} | {ratio:.2} | {target} |",
            race.name,
            peer.name,
            microseconds(times[0]),
            microseconds(theirs),
        );
    }
}

fn microseconds(seconds: f64) -> String {
    format!("{:.3} µs", seconds * 1e6)
}

/// The median time of one job of each contender, in seconds; ours first.
fn run(race: &Race) -> Vec<f64> {
    let makers = [race.ours].into_iter();
    let makers = makers.chain(race.peers.iter().map(|peer: &Contender| peer.make));
    let mut jobs: Vec<_> = makers.map(|make| make()).collect();
    let counts: Vec<u32> = jobs.iter_mut().map(jobs_per_turn).collect();
    let mut times = vec![Vec::with_capacity(TURNS); jobs.len()];
    for round in 0..TURNS * jobs.len() {
        let who = whose_turn(round, jobs.len());
        times[who].push(time(&mut jobs[who], counts[who]));
    }
    times.into_iter().map(median).collect()
}

/// How often a job runs in one turn. Warms it up as well.
fn jobs_per_turn(job: &mut impl FnMut()) -> u32 {
    let mut count = 1;
    while time(job, count) * f64::from(count) < TURN.as_secs_f64() {
        count *= 2;
    }
    count
}

/// Seconds for one job, measured over `count` of them.
fn time(job: &mut impl FnMut(), count: u32) -> f64 {
    let start = Instant::now();
    for _ in 0..count {
        job();
    }
    start.elapsed().as_secs_f64() / f64::from(count)
}
