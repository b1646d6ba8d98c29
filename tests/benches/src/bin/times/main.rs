//! Times of whole jobs, as ratios to named peers.
//!
//! ```text
//! cargo run --release -p blink-benches --bin times [-- NAME..]
//! cargo run --release -p blink-benches --bin times -- --write
//! ```
//!
//! Contenders take turns in one process, so that whatever slows the machine down slows all of
//! them. A ratio is that of the medians of a block of turns: of several blocks the one in the
//! middle, the least and the greatest. `--write` writes `results/times.md` and a chart.

mod frames;
mod jobs;
mod race;
mod races;
mod table;
mod trees;

use std::{env, process::ExitCode};

use blink_benches::results;

use races::{RACES, Race};
use table::{Result, chart, ratios, targets, titles};

fn main() -> ExitCode {
    let names: Vec<String> = env::args().skip(1).collect();
    if names == ["--write"] {
        let results = run_all(&[]);
        return results::write("times", &report(&results), &chart(&results));
    }
    let results = run_all(&names);
    print!("\n{}", targets(&results));
    ExitCode::SUCCESS
}

/// Runs the races that have one of the names in theirs, all if there are none, and prints each.
fn run_all(names: &[String]) -> Vec<Result<'static>> {
    print!("{}", titles());
    let is_named = |race: &&Race| names.iter().any(|name| race.name.contains(name.as_str()));
    let races = RACES
        .iter()
        .filter(|race| names.is_empty() || is_named(race));
    let run = |race| {
        let result = (race, race::run(race));
        print!("{}", ratios(&result));
        result
    };
    races.map(run).collect()
}

/// What is committed.
fn report(results: &[Result]) -> String {
    let rows: String = results.iter().map(ratios).collect();
    format!(
        "# Times of whole jobs\n\n{WRITTEN}\n{}{rows}\n## Targets\n\n{}",
        titles(),
        targets(results)
    )
}

const WRITTEN: &str = "\
Written by `cargo run --release -p blink-benches --bin times -- --write`; what is measured stands
in the README above this folder. A number is our time over the peer's, below 1 we are faster: in
the middle of nine blocks of turns, and in brackets the least and the greatest. \"-\" is a peer
that does not have it.

![The ratios as bars](times.svg)
";
