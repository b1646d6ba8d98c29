//! Runs `json` as its users do.

mod program;

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use program::{Run, file};

const PROGRAM: &str = env!("CARGO_BIN_EXE_json");
// The program runs in the directory of the package.
const EVENTS: &str = "data/github_events.json";
const CATALOG: &str = "data/citm_catalog.json";

/// Runs the program with `input` at its standard input.
fn run_with(input: &[u8], args: &[&str]) -> Run {
    program::run(PROGRAM, args, input)
}

fn run(args: &[&str]) -> Run {
    run_with(b"", args)
}

/// The path that a file of this name would have.
fn missing(name: &str) -> String {
    let path: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("json-{name}"));
    path.into_os_string().into_string().unwrap()
}

#[test]
fn without_files_it_describes_those_that_come_with_it() {
    let Run { code, out, err } = run(&[]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let (events, catalog) = out.split_at(out.find(CATALOG).unwrap());
    for (part, head, lines) in [
        (
            events,
            format!("{EVENTS}, 65132 bytes\n"),
            [
                "1188  values, nested 6 deep",
                "180  objects, 1139 members, 7911 bytes of names",
                "19  arrays, 48 items",
                "752  strings, 37867 bytes",
                "149  numbers",
                "64  booleans",
                "24  nulls",
            ],
        ),
        (
            catalog,
            format!("{CATALOG}, 1727204 bytes\n"),
            [
                "37778  values, nested 8 deep",
                "10937  objects, 25869 members, 204962 bytes of names",
                "10451  arrays, 11908 items",
                "735  strings, 16417 bytes",
                "14392  numbers",
                "0  booleans",
                "1263  nulls",
            ],
        ),
    ] {
        let described: Vec<_> = part.lines().skip(1).map(str::trim_start).collect();
        assert!(part.starts_with(&head), "{part}");
        assert_eq!(described[..7], lines);
        assert!(
            part.contains("The document in its arena: 1 chunk, "),
            "{part}"
        );
        assert!(part.contains("Calls of the system's allocator: "), "{part}");
        assert!(part.ends_with("then 0\n\n"), "{part}");
    }
    // The kinds add up.
    assert_eq!(180 + 19 + 752 + 149 + 64 + 24, 1188);
    assert_eq!(10937 + 10451 + 735 + 14392 + 1263, 37778);
}

#[test]
fn the_arenas_are_reset_after_each_file() {
    let Run { out, .. } = run(&[CATALOG, CATALOG]);
    let calls: Vec<_> = out
        .lines()
        .filter(|line| line.starts_with("Calls "))
        .collect();
    // What the first file left is enough for the second one, if nothing is in it any more.
    let warm = "Calls of the system's allocator: 0 for the first parse, then 0, then 0";
    assert_eq!(calls.len(), 2, "{out}");
    assert_ne!(calls[0], warm);
    assert_eq!(calls[1], warm);
}

#[test]
fn get_prints_a_value_as_compact_json() {
    let name = run(&["--get", "events[\"138586341\"].name", CATALOG]);
    assert_eq!(
        (name.code, name.out.as_str()),
        (Some(0), "\"30th Anniversary Tour\"\n")
    );
    let actor = run(&["--get", "[0].actor.login", EVENTS]);
    assert_eq!(
        (actor.code, actor.out.as_str()),
        (Some(0), "\"jathanism\"\n")
    );

    let text = br#" { "a b" : [ 1.50 , "\u00e9\n" , { } ] } "#;
    let whole = run_with(text, &["--get", "", "-"]);
    assert_eq!(
        (whole.code, whole.out.as_str()),
        (Some(0), "{\"a b\":[1.5,\"é\\n\",{}]}\n")
    );
    let part = run_with(text, &["--get", "a b[1]", "-"]);
    assert_eq!((part.code, part.out.as_str()), (Some(0), "\"é\\n\"\n"));
}

#[test]
fn a_value_that_is_missing_is_an_error_of_its_file() {
    let here = file("here.json", b"{\"a\":[1,2,3]}");
    let not_here = file("not-here.json", b"{\"a\":[1]}");
    let Run { code, out, err } = run(&["--get", "a[2]", &here, &not_here, &here]);
    assert_eq!((code, out.as_str()), (Some(1), "3\n3\n"));
    assert_eq!(
        err,
        format!("json: {not_here}: `a` is an array of 1 item\n")
    );
}

#[test]
fn a_bad_file_is_named_and_the_others_are_read() {
    let good = file("good.json", b"[1]");
    let bad = file("bad.json", b"{\n  \"a\": [1 2]\n}");
    let binary = file("binary.json", b"\"\xff\"");
    let absent = missing("absent.json");
    let Run { code, out, err } = run(&["--get", "[0]", &good, &bad, &absent, &binary, &good]);
    assert_eq!((code, out.as_str()), (Some(1), "1\n1\n"));
    let lines: Vec<_> = err.lines().collect();
    assert_eq!(lines.len(), 3, "{err}");
    assert_eq!(
        lines[0],
        format!("json: {bad}:2:11: expected `,` or `]` after an item, found `2`")
    );
    assert!(
        lines[1].starts_with(&format!("json: {absent}: cannot read: ")),
        "{err}"
    );
    assert_eq!(
        lines[2],
        format!("json: {binary}:1:2: not UTF-8: a byte 0xff")
    );

    // The same error whatever is asked for.
    for option in [&[][..], &["--compare"]] {
        let run = run(&[option, &[&bad]].concat());
        assert_eq!((run.code, run.out.as_str()), (Some(1), ""));
        assert_eq!(run.err.lines().next(), Some(lines[0]));
    }
}

#[test]
fn standard_input_is_a_file() {
    let described = run_with(b"[true]", &["-"]);
    assert_eq!((described.code, described.err.as_str()), (Some(0), ""));
    assert!(
        described.out.starts_with("-, 6 bytes\n"),
        "{}",
        described.out
    );
    let empty = run(&["-"]);
    assert_eq!((empty.code, empty.out.as_str()), (Some(1), ""));
    assert_eq!(
        empty.err,
        "json: -:1:1: expected a value, found the end of the text\n"
    );
}

/// The cells of the row that begins with `name`.
fn row<'a>(out: &'a str, name: &str) -> Vec<&'a str> {
    let row = out.lines().find_map(|line| line.strip_prefix(name));
    row.unwrap_or_else(|| panic!("no {name} in {out}"))
        .split_whitespace()
        .collect()
}

#[test]
fn compare_prints_both_and_warm_arenas_make_no_calls() {
    let Run { code, out, err } = run(&["--compare", EVENTS]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(
        out.starts_with(&format!("{EVENTS}, 65132 bytes\nBoth documents are equal")),
        "{out}"
    );
    assert!(
        out.lines().skip(1).all(|line| line.chars().count() <= 100),
        "{out}"
    );

    let number = |cell: &str| cell.parse::<f64>().unwrap();
    let [new, warm, owned] = [
        "new arenas each round",
        "the same arenas, warm",
        "serde_json::Value",
    ]
    .map(|name| {
        let cells = row(&out, name);
        assert!(cells[0].ends_with('s'), "no time: {cells:?}");
        (number(cells[1]), number(cells[2]))
    });
    // A call or two for each chunk, none, and at least one to take and one to free each string
    // and name.
    assert!((2.0..100.0).contains(&new.0), "{out}");
    assert_eq!(warm.0, 0.0);
    assert!(owned.0 > 2.0 * 1139.0, "{out}");
    // The document alone takes more than this.
    for (_, peak) in [new, warm, owned] {
        assert!(peak > 90_000.0, "{out}");
    }
    assert!(new.1 >= warm.1, "{out}");

    let ratio = row(&out, "warm arenas / serde_json");
    assert_eq!(ratio[1], "0.0000");
    assert!((number(ratio[2]) - warm.1 / owned.1).abs() < 0.01, "{out}");
    let ratio = row(&out, "new arenas / serde_json");
    assert!((number(ratio[1]) - new.0 / owned.0).abs() < 0.001, "{out}");
    assert!((number(ratio[2]) - new.1 / owned.1).abs() < 0.01, "{out}");
}

#[test]
fn compare_says_where_serde_json_differs() {
    let deep = "[".repeat(128) + &"]".repeat(128);
    let Run { code, err, .. } = run_with(deep.as_bytes(), &["--compare", "-"]);
    assert_eq!(code, Some(1));
    assert!(
        err.starts_with("json: -: serde_json does not read it: recursion limit"),
        "{err}"
    );
}

#[test]
fn scalars_can_be_compared_though_they_take_nothing() {
    let Run { code, out, .. } = run_with(b"1", &["--compare", "-"]);
    assert_eq!(code, Some(0));
    assert!(!out.contains("NaN") && !out.contains("inf"), "{out}");
}

#[test]
fn options_that_make_no_sense_are_refused() {
    for (args, expected) in [
        (&["--fast"][..], "no option --fast"),
        (&["-x"], "no option -x"),
        (&["--get=a"], "no option --get=a"),
        (&["--get"], "--get needs a path"),
        (
            &["--get", "a..b"],
            "--get: character 3: expected a name, found `.`",
        ),
        (
            &["--get", "a", "--compare"],
            "--get and --compare do not go together",
        ),
        (
            &["--compare", "--get", "a"],
            "--get and --compare do not go together",
        ),
        (&[EVENTS, "--fast"], "no option --fast"),
    ] {
        let Run { code, out, err } = run(args);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{args:?}");
        assert_eq!(err.lines().next(), Some(&*format!("json: {expected}")));
        assert!(err.contains("usage: json [OPTIONS] [FILE...]"), "{err}");
    }
}

#[test]
fn two_dashes_end_the_options() {
    let Run { code, err, .. } = run(&["--", "--compare"]);
    assert_eq!(code, Some(1));
    assert!(err.starts_with("json: --compare: cannot read: "), "{err}");
}

#[test]
fn help_is_for_who_asks() {
    for option in ["--help", "-h"] {
        let Run { code, out, err } = run(&[option]);
        assert_eq!((code, err.as_str()), (Some(0), ""));
        assert!(out.contains("usage: json [OPTIONS] [FILE...]"), "{out}");
    }
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    for args in [&["--help"][..], &["--get", "", CATALOG], &[]] {
        let mut child = Command::new(PROGRAM)
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{args:?}");
    }
}
