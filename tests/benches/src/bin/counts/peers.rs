//! The tables of all libraries, and their chart.

use std::{collections::BTreeMap, fs, path::Path};

use blink_benches::{Operation, PEERS, SECTIONS, Section};
use blink_chart::Bars;

use crate::{
    all_rows,
    callgrind::{self, Count},
};

/// Where the tables and the chart are committed.
const TABLES: &str = "results/counts.md";
const CHART: &str = "results/counts.svg";

/// What we are called.
const OURS: &str = "ours";

/// Operations that the chart shows: one of each kind, as far as the bars have similar lengths.
const SHOWN: &[&str] = &[
    "put u32",
    "put 48-byte struct",
    "put `String`",
    "try_put u32, own function",
    "try_put u32, matched",
    "emplace().with, u64",
    "copy_slice of 17 u8",
    "copy_slice of 17 u32",
    "allocate, static layout",
    "allocate, run-time layout",
    "grow at the tip, run-time",
    "grow elsewhere, run-time",
    "shrink at the tip, run-time",
    "deallocate at the tip",
    "reset of one chunk",
    "a frame by `enter`, put u32",
    "a frame by `scope`, put u32",
];

/// Bars of the chart that are longer are cut off.
const LONGEST: f64 = 70.0;

pub fn print() -> Result<(), String> {
    print!("{}", markdown(&count()?));
    Ok(())
}

pub fn write() -> Result<(), String> {
    let counts = count()?;
    for (name, text) in [(TABLES, markdown(&counts)), (CHART, chart(&counts).svg())] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    println!("{} counts written to {TABLES} and {CHART}", counts.len());
    Ok(())
}

/// What one call takes.
#[derive(Clone, Copy)]
struct Cell {
    count: Count,
    /// Whether all calls took as much. Otherwise the count is an average.
    is_even: bool,
    /// Whether the block moves, or keeps its room.
    is_idle: bool,
}

/// Cells by library and operation.
type Counts = BTreeMap<(&'static str, &'static str), Cell>;

fn count() -> Result<Counts, String> {
    let mut counts = Counts::new();
    for (index, (library, row)) in libraries().zip(all_rows()).enumerate() {
        let (count, is_even) = callgrind::measure(index, &row)?;
        let cell = Cell {
            count,
            is_even,
            is_idle: is_idle(library, row.name),
        };
        if counts.insert((library, row.name), cell).is_some() {
            return Err(format!("{library} has two rows {}", row.name));
        }
    }
    Ok(counts)
}

fn is_idle(library: &str, row: &str) -> bool {
    let peer = PEERS.iter().find(|peer| peer.name == library);
    peer.is_some_and(|peer| peer.idle.contains(&row))
}

/// The library of each row of [`all_rows`].
fn libraries() -> impl Iterator<Item = &'static str> {
    let ours = blink_benches::rows().map(|_| OURS);
    let theirs = PEERS.iter().flat_map(|peer| {
        let rows = [peer.rows, peer.rows_min_8].into_iter().flatten();
        rows.copied().flatten().map(|_| peer.name)
    });
    ours.chain(theirs)
}

/// Us and the peers.
fn columns() -> impl Iterator<Item = &'static str> {
    [OURS].into_iter().chain(PEERS.iter().map(|peer| peer.name))
}

fn markdown(counts: &Counts) -> String {
    let mut text = format!("{HEAD}\nVersions: {}.\n", versions());
    for section in SECTIONS {
        text += &format!("\n## {}\n\n", section.title);
        text += &table(counts, section, |operation| operation.name);
    }
    text += "\n# With a minimum alignment of 8\n";
    for section in SECTIONS {
        text += &format!("\n## {}\n\n", section.title);
        text += &table(counts, section, |operation| operation.name_min_8);
    }
    text += FOOT;
    text
}

const HEAD: &str = "\
<!-- Written by `cargo run --release -p blink-benches --bin counts -- --peers --write` -->

# Counts of the peers

Instructions and conditional branches of one call, the fewest instructions of a row in bold. What
is compared, and how, is in the [README](../README.md#counts-of-the-peers).
";

const FOOT: &str = "
- A dash: the library has no such operation, or one that does nothing.
- Italic: the block moves, or keeps its room, as one that is not at the tip does.
- ~: the calls of this cell differ from each other, and it is their average.
- x1000: one count of all. So are the resets of 1000 strings.
";

/// The versions of the packages, from Cargo's lock file.
fn versions() -> String {
    let lock = concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.lock");
    let lock = fs::read_to_string(lock).unwrap_or_default();
    let version = |package: &&str| {
        let (package, begin) = package.split_once(' ').unwrap_or((package, ""));
        let name = format!("name = \"{package}\"\nversion = \"{begin}");
        let (_, rest) = lock.split_once(&name)?;
        let (end, _) = rest.split_once('"')?;
        Some(format!("{package} {begin}{end}"))
    };
    let mut packages: Vec<&str> = PEERS.iter().map(|peer| peer.package).collect();
    packages.dedup();
    let versions: Vec<String> = packages.iter().filter_map(version).collect();
    versions.join(", ")
}

/// One section. Libraries that have none of its operations have no column.
fn table(counts: &Counts, section: &Section, name: fn(&Operation) -> &'static str) -> String {
    let rows: Vec<&str> = section.operations.iter().map(name).collect();
    let has_any = |library: &&str| {
        rows.iter()
            .any(|row| counts.contains_key(&(*library, *row)))
    };
    let libraries: Vec<&str> = columns().filter(has_any).collect();
    let mut text = format!("| operation | {} |\n", libraries.join(" | "));
    text += &format!("|---|{}\n", "---|".repeat(libraries.len()));
    for row in rows {
        text += &line(counts, row, &libraries);
    }
    text
}

fn line(counts: &Counts, row: &str, libraries: &[&'static str]) -> String {
    let cells = libraries.iter().map(|&library| find(counts, library, row));
    let cells: Vec<Option<Cell>> = cells.collect();
    let busy = cells.iter().flatten().filter(|cell| !cell.is_idle);
    let lowest = busy.map(|cell| cell.count.instructions);
    let lowest = lowest.min().unwrap_or(0);
    let cells: Vec<String> = cells.iter().map(|cell| show(*cell, lowest)).collect();
    format!("| {row} | {} |\n", cells.join(" | "))
}

fn find(counts: &Counts, library: &'static str, row: &str) -> Option<Cell> {
    let cell = counts.iter().find(|(key, _)| **key == (library, row));
    cell.map(|(_, cell)| *cell)
}

fn show(cell: Option<Cell>, lowest: u64) -> String {
    let Some(cell) = cell else {
        return "-".to_owned();
    };
    let about = if cell.is_even { "" } else { "~" };
    let mark = match cell.is_idle {
        true => "*",
        false if cell.count.instructions == lowest => "**",
        false => "",
    };
    let (instructions, branches) = (cell.count.instructions, cell.count.branches);
    format!("{mark}{about}{instructions}, {branches}{mark}")
}

fn chart(counts: &Counts) -> Bars {
    let group = |row: &&str| {
        let cell = |library| find(counts, library, row).filter(|cell| !cell.is_idle);
        let number = |cell: Cell| cell.count.instructions as f64;
        let numbers = series().map(|library| cell(library).map(number));
        ((*row).to_owned(), numbers.collect())
    };
    Bars {
        title: "Instructions of one call".to_owned(),
        unit: "callgrind, x86-64. Shorter is better; no bar: no such operation, or none at the tip"
            .to_owned(),
        series: series().map(str::to_owned).collect(),
        groups: SHOWN.iter().map(group).collect(),
        cut: Some(LONGEST),
        ..Bars::default()
    }
}

/// The libraries of the chart: the arenas.
fn series() -> impl Iterator<Item = &'static str> {
    columns().filter(|&library| library != "a typed `Vec`")
}
