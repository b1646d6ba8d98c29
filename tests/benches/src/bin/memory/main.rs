//! The memory that arenas take for live data of several shapes, and how often they ask for it.
//!
//! ```text
//! cargo run --release -p blink-benches --bin memory             # prints the tables
//! cargo run --release -p blink-benches --bin memory -- --check  # fails if ours never settles
//! cargo run --release -p blink-benches --bin memory -- --write  # writes results/memory.md
//! ```
//!
//! Nothing here takes a time: the numbers are the same in each run. All contenders take their
//! memory from the global allocator, which counts.

mod counting;
mod cycles;
mod malloc;
mod shapes;
mod table;

use std::{env, process::ExitCode};

use blink_benches::results;

use shapes::SHAPES;
use table::{Result, chart, tables};

/// The first cycle in which a constant workload calls the base allocator no more.
const SETTLED: usize = 3;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let results: Vec<Result> = SHAPES.iter().map(Result::of).collect();
    match arguments[..] {
        [] => {
            print!("{}", tables(&results));
            ExitCode::SUCCESS
        }
        ["--check"] => check(&results),
        ["--write"] => results::write("memory", &report(&results), &chart(&results)),
        _ => {
            eprintln!("usage: memory [--check | --write]");
            ExitCode::from(2)
        }
    }
}

/// Whether our arena has settled in all shapes.
fn check(results: &[Result]) -> ExitCode {
    let mut code = ExitCode::SUCCESS;
    for Result { shape, measured } in results {
        let calls = measured[0].calls[SETTLED - 1..].iter().sum::<usize>();
        if calls > 0 {
            eprintln!("{}: {calls} calls from cycle {SETTLED} on", shape.name);
            code = ExitCode::FAILURE;
        }
    }
    if code == ExitCode::SUCCESS {
        println!("no calls from cycle {SETTLED} on, {} shapes", results.len());
    }
    code
}

/// What is committed.
fn report(results: &[Result]) -> String {
    format!("# Memory of live data\n\n{WRITTEN}{}", tables(results))
}

const WRITTEN: &str = "\
Written by `cargo run --release -p blink-benches --bin memory -- --write`; what is measured stands
in the README above this folder.

![Most bytes that were ever taken, for each live byte](memory.svg)
";
