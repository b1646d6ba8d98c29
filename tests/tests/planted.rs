//! Runs the programs of `planted`, each with one bug, under the memory checker that this build
//! is for: the checker has to report every bug that is of its kind, and nothing else.
#![cfg(not(miri))]

use std::{
    io::{Write, stderr},
    process::{Command, Output},
};

/// The program, and how it is run.
const PROGRAM: &str = env!("CARGO_BIN_EXE_planted");

/// Reads of memory that is nobody's, or not anymore.
const READS: &[&str] = &[
    "read-after-first-reset",
    "read-after-second-reset",
    "value-after-reset",
    "read-after-frame",
    "value-after-frame",
    "read-after-inner-frame",
    "read-after-frame-that-added-a-chunk",
    "read-after-rewind",
    "read-after-free-of-tip",
    "read-after-free",
    "read-after-move",
    "read-shrunk-tip",
    "read-shrunk",
];

/// Writes there.
const WRITES: &[&str] = &[
    "write-after-reset",
    "write-after-frame",
    "write-after-frame-with-a-large-block",
    "overrun-into-neighbour",
    "overrun-of-odd-size",
    "overrun-of-tip",
    "overrun-of-grown",
    "overrun-of-large",
    "underrun",
    "write-after-free-of-tip",
    "write-shrunk",
];

/// Reads of what is a block, but was never written.
const UNINITIALIZED: &[&str] = &[
    "uninitialized-fresh",
    "uninitialized-grown",
    "uninitialized-recycled",
    "uninitialized-after-frame",
];

/// A memory checker.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Checker {
    Address,
    Memory,
    Valgrind,
    None,
}

impl Checker {
    /// The one that hears what the arenas say in this build.
    fn of_this_build() -> Self {
        if cfg!(blink_asan) {
            Self::Address
        } else if cfg!(blink_msan) {
            Self::Memory
        } else if cfg!(blink_valgrind) && has_valgrind() {
            Self::Valgrind
        } else {
            Self::None
        }
    }

    /// What it reports.
    fn finds(self) -> Vec<&'static str> {
        match self {
            Self::Address => [READS, WRITES].concat(),
            Self::Memory => [READS, UNINITIALIZED].concat(),
            Self::Valgrind => [READS, WRITES, UNINITIALIZED].concat(),
            Self::None => Vec::new(),
        }
    }

    /// What its reports say, all of it.
    #[cfg(any(blink_asan, blink_msan, blink_valgrind))]
    fn words(self, case: &str) -> &'static [&'static str] {
        match self {
            Self::Address => &["AddressSanitizer", "use-after-poison"],
            Self::Memory => &["MemorySanitizer", "use-of-uninitialized-value"],
            Self::Valgrind if UNINITIALIZED.contains(&case) => &["uninitialised value"],
            Self::Valgrind if READS.contains(&case) => &["Invalid read of size 1"],
            Self::Valgrind => &["Invalid write of size 1"],
            Self::None => &[],
        }
    }

    fn run(self, case: &str) -> Output {
        let mut command = if self == Self::Valgrind {
            let mut command = Command::new("valgrind");
            command.args(["-q", "--error-exitcode=9", PROGRAM]);
            command
        } else {
            Command::new(PROGRAM)
        };
        command.arg(case).output().expect("the program starts")
    }
}

fn has_valgrind() -> bool {
    let version = Command::new("valgrind").arg("--version").output();
    version.is_ok_and(|output| output.status.success())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_program_without_a_bug_is_not_reported() {
    let output = Checker::of_this_build().run("control");
    let errors = text(&output.stderr);
    assert!(output.status.success(), "{:?}: {errors}", output.status);
    assert_eq!(errors, "");
    assert!(text(&output.stdout).ends_with("control came to its end\n"));
}

#[cfg(any(blink_asan, blink_msan, blink_valgrind))]
#[test]
fn every_planted_bug_is_reported() {
    let checker = Checker::of_this_build();
    let mut missed = Vec::new();
    for case in checker.finds() {
        let output = checker.run(case);
        let errors = text(&output.stderr);
        let told = checker.words(case).iter().all(|word| errors.contains(word));
        if output.status.success() || !told {
            missed.push(format!("{case}: {:?}\n{errors}", output.status));
        }
    }
    assert_eq!(missed, [""; 0], "missed by {checker:?}");
}

/// Also says which programs nobody looks at in this build.
#[test]
fn every_program_has_a_kind() {
    let listed = text(&Checker::None.run("list").stdout);
    let kinds = [&["control"], READS, WRITES, UNINITIALIZED].concat();
    let (mut listed, mut known) = (listed.lines().collect::<Vec<_>>(), kinds.clone());
    listed.sort();
    known.sort();
    assert_eq!(listed, known);

    let checker = Checker::of_this_build();
    let finds = checker.finds();
    let idle = kinds[1..].iter().filter(|case| !finds.contains(case));
    let idle: Vec<_> = idle.copied().collect();
    if !idle.is_empty() {
        // Not by a macro, which a test that passes keeps to itself.
        let message = format!("NOT RUN, checker {checker:?}: {}\n", idle.join(", "));
        stderr().write_all(message.as_bytes()).expect("stderr");
    }
}

/// A name that the program does not know would pass for a bug that was found.
#[test]
fn an_unknown_case_is_an_error() {
    let output = Checker::None.run("no-such-case");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("no such case"));
}
