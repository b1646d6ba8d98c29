//! Times of whole jobs, as ratios to named peers.
//!
//! ```text
//! cargo run --release -p blink-benches --bin times [-- NAME..]
//! cargo run --release -p blink-benches --bin times -- --write [times | clones]
//! ```
//!
//! Contenders take turns in one process, so that whatever slows the machine down slows all of
//! them. A ratio is that of the medians of a block of turns: of several blocks the one in the
//! middle, the least and the greatest. `--write` writes the tables in `results`, or one of them,
//! and their charts.

mod clones;
mod frames;
mod jobs;
mod race;
mod races;
mod table;
mod trees;

use std::{env, process::ExitCode};

use blink_benches::results;

use races::{Race, TABLES, Table};
use table::{Result, chart, ratios, targets, titles};

fn main() -> ExitCode {
    let names: Vec<String> = env::args().skip(1).collect();
    match &names[..] {
        [write, names @ ..] if write == "--write" => write_all(names),
        names => {
            print_all(names);
            ExitCode::SUCCESS
        }
    }
}

/// Runs the races that have one of the names in theirs, all if there are none.
fn print_all(names: &[String]) {
    for table in TABLES {
        let is_named = |race: &Race| names.iter().any(|name| race.name.contains(name.as_str()));
        let results = run(table, |race| names.is_empty() || is_named(race));
        if !results.is_empty() {
            println!("\n{}", targets(&results));
        }
    }
}

/// Runs and writes the tables that have one of the names, all if there are none.
fn write_all(names: &[String]) -> ExitCode {
    let is_named = |table: &&Table| names.is_empty() || names.iter().any(|name| name == table.name);
    for table in TABLES.iter().filter(is_named) {
        let results = run(table, |_| true);
        let (text, chart) = (report(table, &results), chart(table, &results));
        let written = results::write(table.name, &text, &chart);
        if written != ExitCode::SUCCESS {
            return written;
        }
    }
    ExitCode::SUCCESS
}

/// Runs races of a table, and prints each.
fn run(table: &'static Table, is_run: impl Fn(&Race) -> bool) -> Vec<Result> {
    let mut results = Vec::new();
    for race in table.races.iter().filter(|race| is_run(race)) {
        if results.is_empty() {
            print!("{}", titles(table));
        }
        let result = (race, race::run(race));
        print!("{}", ratios(table, &result));
        results.push(result);
    }
    results
}

/// What is committed.
fn report(table: &Table, results: &[Result]) -> String {
    let rows: String = results.iter().map(|result| ratios(table, result)).collect();
    let Table { name, title, .. } = table;
    format!(
        "# {title}\n\n\
        Written by `cargo run --release -p blink-benches --bin times -- --write {name}`; \
        {WRITTEN}\n\n![The ratios as bars]({name}.svg)\n\n{}{rows}\n## Targets\n\n{}",
        titles(table),
        targets(results)
    )
}

const WRITTEN: &str = "\
what is measured
stands in the README above this folder. A number is our time over the peer's, below 1 we are
faster: in the middle of nine blocks of turns, and in brackets the least and the greatest. \"-\" is
a peer that does not have it.";
