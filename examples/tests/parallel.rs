//! Runs `parallel` as its users do.

mod program;

use program::{Run, file, run_unread};

const PROGRAM: &str = env!("CARGO_BIN_EXE_parallel");
const EVENTS: &str = "data/github_events.json";
const CATALOG: &str = "data/citm_catalog.json";
const TWEETS: &str = "data/twitter.json";

fn run(args: &[&str]) -> Run {
    program::run(PROGRAM, args, b"")
}

/// What the program says about the documents, which is all before the blank line.
fn documents(out: &str) -> &str {
    let blank = out.find("\n\n");
    &out[..blank.unwrap_or_else(|| panic!("no blank line in {out}"))]
}

/// The calls by the arena, and those by all else: in the warm-up and then.
fn calls(out: &str) -> [[usize; 2]; 2] {
    [
        "Calls of the system's allocator by the arena: ",
        "By all else, as starting threads: ",
    ]
    .map(|head| {
        let calls = out.lines().find_map(|line| line.strip_prefix(head));
        let calls = calls.unwrap_or_else(|| panic!("no {head} in {out}"));
        let (first, rest) = calls.split_once(" in the warm-up, then ").unwrap();
        let rest = rest.split(',').next().unwrap();
        [first, rest].map(|count| count.parse().unwrap())
    })
}

/// The number of chunks, and the bytes of them that are used.
fn arena(out: &str) -> (usize, usize) {
    let head = "The shared arena at the end of one: ";
    let arena = out
        .lines()
        .find_map(|line| line.strip_prefix(head))
        .unwrap();
    let mut numbers = arena.split(' ').filter_map(|word| word.parse().ok());
    (numbers.next().unwrap(), numbers.next().unwrap())
}

/// All ways to do it.
const WAYS: [&[&str]; 8] = [
    &["--threads", "1"],
    &["--threads", "2"],
    &["--threads", "4"],
    &["--threads", "9"],
    &["--threads", "1", "--direct"],
    &["--threads", "2", "--direct"],
    &["--threads", "4", "--direct"],
    &["--direct", "--threads", "9"],
];

#[test]
fn without_files_it_reads_those_that_come_with_it() {
    let Run { code, out, err } = run(&["--rounds", "3"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let lines: Vec<_> = documents(&out).lines().map(str::trim_start).collect();
    assert_eq!(
        lines,
        [
            "data/github_events.json: 1188 values, nested 6 deep",
            "data/citm_catalog.json: 37778 values, nested 8 deep",
            "2 documents together:",
            // The sums of what `json` says about each.
            "38966  values, nested 8 deep",
            "11117  objects, 27008 members, 212873 bytes of names",
            "10470  arrays, 11956 items",
            "1487  strings, 54284 bytes",
            "14541  numbers",
            "64  booleans",
            "1287  nulls",
        ]
    );
    assert!(
        out.contains(", the median of 3 after 2 of warm-up\n"),
        "{out}"
    );
}

#[test]
fn all_threads_find_the_same_in_one_arena() {
    let files = [
        EVENTS,
        TWEETS,
        EVENTS,
        CATALOG,
        TWEETS,
        EVENTS,
        "data/twitter.json",
    ];
    let mut expected = None;
    for way in WAYS {
        let Run { code, out, err } = run(&[way, &["--rounds", "1"], &files].concat());
        assert_eq!((code, err.as_str()), (Some(0), ""), "{way:?}");
        let found = documents(&out);
        assert_eq!(
            found,
            expected.get_or_insert_with(|| found.to_owned()),
            "{way:?}"
        );
        assert!(found.contains("7 documents together:"), "{out}");

        // What is in them, and 24 bytes for an item, 40 for a member: no thread is missing.
        let content = 730_298 + 732_166 + 13_756 * 24 + 69_321 * 40;
        let used = arena(&out).1;
        let is_64_bit = cfg!(target_pointer_width = "64");
        assert!(used > content || !is_64_bit, "{way:?}: {out}");
    }
}

#[test]
fn a_warm_arena_makes_no_calls() {
    for way in WAYS {
        let Run { out, .. } = run(&[way, &["--rounds", "30", EVENTS, TWEETS, EVENTS]].concat());
        let [arena_calls, other_calls] = calls(&out);
        assert!((1..200).contains(&arena_calls[0]), "{way:?}: {out}");
        // How much of its leases a thread leaves unused depends on which files it took. Where
        // several do, a round may need more than all before it.
        let same_each_time = way.contains(&"--direct") || way == WAYS[0];
        let most = if same_each_time { 0 } else { 10 };
        assert!(arena_calls[1] <= most, "{way:?}: {out}");
        assert!(arena(&out).0 == 1 || !same_each_time, "{way:?}: {out}");
        // Threads are started in each round.
        assert!(other_calls[1] >= 30, "{way:?}: {out}");
    }
}

#[test]
fn a_bad_file_is_named_and_the_others_are_read() {
    let good = file("parallel-good.json", b"[1, null]");
    let bad = file("parallel-bad.json", b"{\n  \"a\": [1 2]\n}");
    let binary = file("parallel-binary.json", b"\"\xff\"");
    let absent = format!("{good}.absent");
    for way in WAYS {
        let files = [&*good, &bad, &absent, EVENTS, &binary, &good];
        let Run { code, out, err } = run(&[way, &["--rounds", "2"], &files].concat());
        assert_eq!(code, Some(1), "{way:?}");
        let lines: Vec<_> = out.lines().take(4).collect();
        let good = format!("{good}: 3 values, nested 1 deep");
        let events = "data/github_events.json: 1188 values, nested 6 deep";
        assert_eq!(lines, [&good, events, &good, "3 documents together:"]);
        let lines: Vec<_> = err.lines().collect();
        assert_eq!(lines.len(), 3, "{err}");
        let cannot_read = format!("parallel: {absent}: cannot read: ");
        assert!(lines[0].starts_with(&cannot_read), "{err}");
        let found = format!("parallel: {bad}:2:11: expected `,` or `]` after an item, found `2`");
        assert_eq!(lines[1], found);
        assert_eq!(
            lines[2],
            format!("parallel: {binary}:1:2: not UTF-8: a byte 0xff")
        );
    }
}

#[test]
fn bad_files_alone() {
    let bad = file("parallel-alone.json", b"[");
    let Run { code, out, err } = run(&["--rounds", "1", &bad]);
    assert_eq!(code, Some(1));
    assert!(
        out.starts_with("0 documents together:\n         0  values"),
        "{out}"
    );
    assert_eq!(err.lines().count(), 1, "{err}");

    let absent = format!("{bad}.absent");
    let Run { code, out, err } = run(&["--", &absent]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert_eq!(err.lines().count(), 1, "{err}");
}

#[test]
fn standard_input_is_a_file() {
    let args = ["--rounds", "2", "-", EVENTS];
    let Run { code, out, err } = program::run(PROGRAM, &args, b"[true]");
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(
        out.starts_with("-: 2 values, nested 1 deep\ndata/"),
        "{out}"
    );
}

#[test]
fn options() {
    for option in ["--help", "-h"] {
        let Run { code, out, err } = run(&[option]);
        assert_eq!((code, err.as_str()), (Some(0), ""));
        assert!(out.contains("usage: parallel [OPTIONS] [FILE...]"), "{out}");
    }
    for (args, expected) in [
        (&["--fast"][..], "no option --fast"),
        (&["--threads"], "--threads needs a number"),
        (
            &["--threads", "0"],
            "--threads: 0 is no number from 1 to 256",
        ),
        (
            &["--threads", "257"],
            "--threads: 257 is no number from 1 to 256",
        ),
        (
            &["--rounds", "0"],
            "--rounds: 0 is no number from 1 to 1000000",
        ),
        (
            &["--rounds", "x"],
            "--rounds: x is no number from 1 to 1000000",
        ),
    ] {
        let Run { code, out, err } = run(args);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{args:?}");
        assert_eq!(err.lines().next(), Some(&*format!("parallel: {expected}")));
    }
}

#[test]
fn who_does_not_read_its_output_is_no_error() {
    for args in [&["--help"][..], &["--rounds", "1", EVENTS]] {
        let Run { code, err, .. } = run_unread(PROGRAM, args);
        assert_eq!((code, err.as_str()), (Some(0), ""), "{args:?}");
    }
}
