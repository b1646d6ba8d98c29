//! Counts the instructions and conditional branches of blink-alloc's fast paths, and of those
//! of other arenas.
//!
//! ```sh
//! cargo run --release -p blink-benches --bin counts             # prints the table
//! cargo run --release -p blink-benches --bin counts -- --check  # compares with counts.md
//! cargo run --release -p blink-benches --bin counts -- --write  # rewrites counts.md and the README
//! cargo run --release -p blink-benches --bin counts -- --peers          # prints the table of all
//! cargo run --release -p blink-benches --bin counts -- --peers --write  # writes it to results/
//! ```
//!
//! The program runs itself under callgrind, once for each row, so that no row sees the heap
//! that another one left. Exit codes: 0 when all is well, 1 when a row has grown or counting
//! failed, 2 for unknown arguments, 77 when nothing was counted because there is no valgrind.

mod callgrind;
mod peers;
mod table;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use blink_benches::{PEERS, Row, rows};

use table::Counted;

const USAGE: u8 = 2;
const SKIPPED: u8 = 77;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [callgrind::RUN, index] => run(index),
        [] => counted(print),
        ["--check"] => counted(check),
        ["--write"] => counted(write),
        ["--peers"] => counted(peers::print),
        ["--peers", "--write"] => counted(peers::write),
        _ => {
            eprintln!("usage: counts [--check | --write | --peers [--write]]");
            ExitCode::from(USAGE)
        }
    }
}

/// All rows that this program can run: ours first.
fn all_rows() -> impl Iterator<Item = Row> {
    let peers = PEERS.iter().flat_map(|peer| [peer.rows, peer.rows_min_8]);
    rows().chain(peers.flatten().copied().flatten().copied())
}

/// What the program does under callgrind.
fn run(index: &str) -> ExitCode {
    let row = index.parse().ok().and_then(|index| all_rows().nth(index));
    match row {
        Some(row) => {
            (row.run)();
            ExitCode::SUCCESS
        }
        None => ExitCode::from(USAGE),
    }
}

/// Does something that counts.
fn counted(then: fn() -> Result<(), String>) -> ExitCode {
    if !callgrind::is_installed() {
        eprintln!("SKIPPED: nothing was counted, valgrind is not installed");
        return ExitCode::from(SKIPPED);
    }
    match then() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Counts our rows.
fn count_ours() -> Result<Vec<Counted>, String> {
    let count = |(index, row)| {
        let count = callgrind::count(index, &row)?;
        Ok(Counted { row, count })
    };
    rows().enumerate().map(count).collect()
}

/// A file of this package, and its text.
fn read(name: &str) -> Result<(PathBuf, String), String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    match fs::read_to_string(&path) {
        Ok(text) => Ok((path, text)),
        Err(error) => Err(format!("{}: {error}", path.display())),
    }
}

fn print() -> Result<(), String> {
    print!("{}", table::markdown(&count_ours()?));
    Ok(())
}

fn check() -> Result<(), String> {
    let counted = count_ours()?;
    let (_, committed) = read(COUNTS)?;
    let difference = table::compare(&table::parse(&committed)?, &counted);
    for line in &difference.fell {
        println!("fell: {line}");
    }
    if !difference.grew.is_empty() {
        let grew = difference.grew.join("\n  ");
        return Err(format!("{COUNTS} is not met:\n  {grew}\n{UPDATE}"));
    }
    if difference.fell.is_empty() {
        println!("{} rows as in {COUNTS}", counted.len());
    } else {
        println!("no row grew. {UPDATE}");
    }
    Ok(())
}

/// Where the counts are committed.
const COUNTS: &str = "counts.md";

const UPDATE: &str = "To take the new counts over, run \
    `cargo run --release -p blink-benches --bin counts -- --write` and commit.";

fn write() -> Result<(), String> {
    let counted = count_ours()?;
    let (path, _) = read(COUNTS)?;
    fs::write(&path, table::markdown(&counted))
        .map_err(|error| format!("{}: {error}", path.display()))?;
    println!("{} rows written to {COUNTS}", counted.len());
    Ok(())
}
