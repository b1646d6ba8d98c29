//! Runs `frequencies` as its users do.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/twitter.json");

struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

fn run(args: &[&Path]) -> Run {
    let program = env!("CARGO_BIN_EXE_frequencies");
    let output = Command::new(program).args(args).output().unwrap();
    Run {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A file of this test; `name` is used by no other one.
fn file(name: &str, content: &[u8]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).unwrap();
    path
}

/// The counts that were printed, as `(word, count)`.
fn counts(out: &str) -> Vec<(&str, u32)> {
    out.lines()
        .filter_map(|line| line.trim_start().split_once("  "))
        .filter_map(|(count, word)| Some((word, count.parse().ok()?)))
        .collect()
}

/// The allocator calls of each table that was printed, in the row that begins with `name`.
fn calls(out: &str, name: &str) -> Vec<usize> {
    out.lines()
        .filter(|line| line.starts_with(name))
        .map(|line| line.split_whitespace().last().unwrap().parse().unwrap())
        .collect()
}

#[test]
fn the_corpus_is_counted_without_the_allocator() {
    let Run { code, out, err } = run(&[]);
    assert_eq!((code, err.as_str()), (Some(0), ""));

    // The same count in other words.
    let text = fs::read_to_string(CORPUS).unwrap().to_lowercase();
    let mut expected = HashMap::<&str, u32>::new();
    for run in text.split(|c: char| !(c.is_alphanumeric() || c == '_')) {
        if run.chars().next().is_some_and(char::is_alphabetic) {
            *expected.entry(run).or_default() += 1;
        }
    }
    let mut expected: Vec<_> = expected.into_iter().collect();
    expected.sort_by_key(|&(word, count)| (u32::MAX - count, word));
    assert_eq!(counts(&out), expected[..10]);
    assert_eq!(counts(&out)[0], ("false", 2446));
    assert!(out.contains("All counts are the same without an arena."));

    // A call at least for each word, against a call or two for each chunk, against none.
    assert!(calls(&out, "no arena")[0] >= expected.len());
    assert!((1..100).contains(&calls(&out, "a new arena")[0]));
    assert_eq!(calls(&out, "one arena, warm"), [0]);
}

#[test]
fn words_are_found_in_any_script() {
    let path = file(
        "scripts.txt",
        "Ärger ärger, ΔΈΛΤΑ δέλτα 東京 Δέλτα a_1 1a 2".as_bytes(),
    );
    let Run { code, out, .. } = run(&[&path]);
    assert_eq!(code, Some(0));
    let expected = [("δέλτα", 3), ("ärger", 2), ("a_1", 1), ("東京", 1)];
    assert_eq!(counts(&out), expected);
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_the_others_are_counted() {
    let first = file("first.txt", b"one One two");
    let binary = file("binary.txt", b"three \xff three");
    let missing = Path::new(env!("CARGO_TARGET_TMPDIR")).join("missing.txt");
    let last = file("last.txt", b"four");

    let Run { code, out, err } = run(&[&first, &binary, &missing, &last]);
    assert_eq!(code, Some(1));
    assert_eq!(counts(&out), [("one", 2), ("two", 1), ("four", 1)]);
    let lines: Vec<_> = err.lines().collect();
    assert_eq!(lines.len(), 2, "{err}");
    assert!(lines[0].contains(&*binary.to_string_lossy()), "{err}");
    assert!(lines[0].contains("UTF-8"), "{err}");
    assert!(lines[1].contains(&*missing.to_string_lossy()), "{err}");
}

#[test]
fn one_bad_file_alone_is_an_error() {
    let binary = file("alone.txt", b"\xc3\x28");
    let Run { code, out, err } = run(&[&binary]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.contains(&*binary.to_string_lossy()), "{err}");
}

/// The arena keeps its promise whatever it served before: after one round to learn what a text
/// needs and one to get it, rounds are warm.
#[test]
fn rounds_are_warm_after_texts_of_other_sizes() {
    let text = |words: usize| -> String { (0..words).map(|i| format!("w{i} ")).collect() };
    let paths = [0, 3, 2000, 1, 300, 5000, 700]
        .map(|words| file(&format!("{words}-words.txt"), text(words).as_bytes()));
    let paths: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
    let Run { code, out, .. } = run(&paths);
    assert_eq!(code, Some(0));
    assert_eq!(calls(&out, "one arena, warm"), [0; 7]);
}

#[test]
fn help_is_for_who_asks_and_for_who_errs() {
    let help = run(&[Path::new("--help")]);
    assert_eq!((help.code, help.err.as_str()), (Some(0), ""));
    assert!(help.out.contains("usage: frequencies [FILE...]"));

    let unknown = run(&[Path::new("--fast")]);
    assert_eq!((unknown.code, unknown.out.as_str()), (Some(2), ""));
    assert!(unknown.err.contains("no option --fast"), "{}", unknown.err);
}
