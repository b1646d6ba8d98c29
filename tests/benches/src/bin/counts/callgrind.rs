//! Runs one row under callgrind and reads the sums.

use std::{env, process::Command};

use blink_benches::Row;

use crate::all_rows;

/// The argument that makes this program run a row.
pub const RUN: &str = "--run";

/// What one call takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    pub instructions: u64,
    pub branches: u64,
}

pub fn is_installed() -> bool {
    let version = Command::new("valgrind").arg("--version").output();
    version.is_ok_and(|output| output.status.success())
}

/// Counts one call of a row. All its calls must take the same path: then the sum divides
/// evenly, and nothing is rounded.
pub fn count(index: usize, row: &Row) -> Result<Count, String> {
    match measure(index, row)? {
        (count, true) => Ok(count),
        (Count { instructions, .. }, false) => Err(format!(
            "{}: about {instructions} instructions a call, but the calls differ",
            row.name
        )),
    }
}

/// Counts the calls of a row: what one takes on average, and whether all take as much.
pub fn measure(index: usize, row: &Row) -> Result<(Count, bool), String> {
    let [instructions, branches] = sums(&profile(index, row)?)
        .ok_or_else(|| format!("{}: cannot read callgrind's profile", row.name))?;
    if instructions == 0 {
        return Err(format!("{}: {} was not called", row.name, row.symbol));
    }
    let average = |sum: u64| (sum + row.calls / 2) / row.calls;
    let count = Count {
        instructions: average(instructions),
        branches: average(branches),
    };
    let is_even = instructions % row.calls == 0 && branches % row.calls == 0;
    Ok((count, is_even))
}

/// Runs this program under callgrind, which collects between entry and return of the row's
/// function, and returns the profile.
///
/// A function whose code is the same as that of another row's has one of both names, so that
/// all names are given. The program calls no function but that of the row.
fn profile(index: usize, row: &Row) -> Result<String, String> {
    let program = env::current_exe().map_err(|e| e.to_string())?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "-q", "--branch-sim=yes"])
        .arg("--callgrind-out-file=/dev/stdout")
        .args(all_rows().map(|row| format!("--toggle-collect={}", row.symbol)))
        .arg(program)
        .args([RUN, &index.to_string()])
        .output()
        .map_err(|e| format!("valgrind: {e}"))?;
    if !output.status.success() {
        let log = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{}: {}\n{log}", row.name, output.status));
    }
    String::from_utf8(output.stdout).map_err(|e| e.to_string())
}

/// The sums of instructions (`Ir`) and conditional branches (`Bc`) of a profile.
fn sums(profile: &str) -> Option<[u64; 2]> {
    let line = |prefix| profile.lines().find_map(|line| line.strip_prefix(prefix));
    let events = line("events: ")?.split_whitespace();
    let sums: Vec<&str> = line("totals: ")?.split_whitespace().collect();
    let sum = |event| {
        let at = events.clone().position(|name| name == event)?;
        // Zeros at the end are left out.
        sums.get(at).map_or(Some(0), |sum| sum.parse().ok())
    };
    Some([sum("Ir")?, sum("Bc")?])
}
