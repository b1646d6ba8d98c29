//! Newline-delimited JSON: a document a line, a frame a document.

mod program;

use std::{fmt::Write, fs, process::Command};

use blink_alloc::{Blink, Frame, blink_frame};
use blink_examples::{
    counting::Counting,
    json::{
        arenas::Arenas,
        equal::equal,
        lines::{Line, Lines},
        statistics::Statistics,
    },
};
use program::{Run, file};
use serde_json::Value as Owned;

#[global_allocator]
static GLOBAL: Counting = Counting;

fn run(args: &[&str], input: &[u8]) -> Run {
    let args = [&["--lines"], args].concat();
    program::run(env!("CARGO_BIN_EXE_json"), &args, input)
}

/// The documents that come with the program, and what is in their arrays, a line each.
fn corpus() -> String {
    let mut lines = String::new();
    for name in ["github_events.json", "twitter.json", "citm_catalog.json"] {
        let path = format!("{}/data/{name}", env!("CARGO_MANIFEST_DIR"));
        let document: Owned = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        let items = [&document, &document["statuses"], &document["performances"]];
        for item in items.into_iter().filter_map(Owned::as_array).flatten() {
            writeln!(lines, "{item}").unwrap();
        }
        writeln!(lines, "{document}").unwrap();
    }
    lines
}

/// The statistics of a line, in a frame of its own.
#[blink_frame]
fn statistics(scratch: &mut Frame<'_>, line: Line<'_>) -> Statistics {
    Statistics::of(line.parse(blink, scratch).unwrap())
}

/// The numbers and texts of all lines.
fn lines(text: &[u8]) -> Vec<(usize, Vec<u8>)> {
    let mut lines = Lines::new(text);
    let mut all = Vec::new();
    while let Some(line) = lines.read().unwrap() {
        all.push((line.number, line.text.to_owned()));
    }
    assert_eq!(lines.bytes(), text.len() as u64);
    all
}

#[test]
fn lines_are_what_serde_json_reads() {
    let corpus = corpus();
    assert!(corpus.lines().count() > 300);
    let (mut blink, mut scratch) = (Blink::new(), Blink::new());
    let mut input = Lines::new(corpus.as_bytes());
    let mut expected = corpus.lines().enumerate();
    while let Some(line) = input.read().unwrap() {
        let (index, text) = expected.next().unwrap();
        assert_eq!(line.number, index + 1);
        let mut guard = blink.enter();
        let document = line.parse(guard.frame(), &mut scratch.as_frame()).unwrap();
        assert!(
            equal(document, &serde_json::from_str(text).unwrap()),
            "{text}"
        );
    }
    assert_eq!(expected.next(), None);
    assert_eq!(blink.allocator().allocated_bytes(), 0);
    assert_eq!(scratch.allocator().allocated_bytes(), 0);
}

#[test]
fn the_statistics_are_those_of_all_lines() {
    let corpus = corpus();
    let mut all = Statistics::default();
    let mut arenas = Arenas::new();
    for line in corpus.lines() {
        all.add(arenas.parse(line.as_bytes()).unwrap());
        arenas.reset();
    }
    let path = file("lines-corpus.ndjson", corpus.as_bytes());
    let Run { code, out, err } = run(&[&path], b"");
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let (bytes, records) = (corpus.len(), corpus.lines().count());
    let head = format!("{path}, {bytes} bytes, {records} records, 0 of them bad\n{all}\n");
    assert!(out.starts_with(&head), "{out}\n{head}");
    assert_eq!(all.depth, 10);

    // The same from a pipe, which is what it reads without a file.
    let piped = run(&[], corpus.as_bytes());
    assert_eq!(piped.code, Some(0));
    let head = head.replacen(&path, "-", 1);
    assert!(piped.out.starts_with(&head), "{}\n{head}", piped.out);
}

#[test]
fn lines_end_in_two_ways_and_blank_ones_are_passed_over() {
    let line = |number, text: &str| (number, text.as_bytes().to_owned());
    assert_eq!(lines(b""), []);
    assert_eq!(lines(b"\n \r\n\t\n\r\n  "), []);
    assert_eq!(lines(b"1"), [line(1, "1")]);
    assert_eq!(
        lines(b"\n1\r\n\r\n \t\n2\n\n{\"a\":\r1}\r\n3"),
        [
            line(2, "1"),
            line(5, "2"),
            line(7, "{\"a\":\r1}"),
            line(8, "3")
        ]
    );
    // Other white space is no JSON, and so no blank line.
    assert_eq!(lines(b"\x0c\n"), [line(1, "\x0c")]);

    let Run { code, out, err } = run(&["--get", ""], b"\n1\r\n\r\n \t\n2\n\n{\"a\":\r1}\r\n3");
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(out, "1\n2\n{\"a\":1}\n3\n");

    let nothing = run(&[], b"\r\n\n");
    assert_eq!((nothing.code, nothing.err.as_str()), (Some(0), ""));
    assert!(
        nothing
            .out
            .starts_with("-, 3 bytes, 0 records, 0 of them bad\n"),
        "{}",
        nothing.out
    );
}

#[test]
fn a_bad_line_is_named_and_the_others_are_read() {
    let text = b"[1]\n{\"a\": }\n\n[2] [3]\r\n\"\xff\"\n[\n4]\n[5";
    let expected = [
        "2:7: expected a value after `:`, found `}`",
        "4:5: expected the end of the text after the value, found `[`",
        "5:2: not UTF-8: a byte 0xff",
        "6:2: expected an item or `]`, found the end of the text",
        "7:2: expected the end of the text after the value, found `]`",
        "8:3: expected `,` or `]` after an item, found the end of the text",
    ];
    let path = file("lines-bad.ndjson", text);
    for args in [&[&*path][..], &["--get", "[0]", &path]] {
        let Run { code, err, .. } = run(args, b"");
        assert_eq!(code, Some(1));
        let expected = expected.map(|error| format!("json: {path}:{error}"));
        assert_eq!(err.lines().collect::<Vec<_>>(), expected);
    }
    let described = run(&[&path], b"").out;
    let head = format!("{path}, {} bytes, 7 records, 6 of them bad\n", text.len());
    assert!(described.starts_with(&head), "{described}");
    assert!(described.contains(" 1  arrays, 1 items\n"), "{described}");
}

#[test]
fn a_value_that_is_missing_is_an_error_of_its_line() {
    let Run { code, out, err } = run(
        &["--get", "a[1]", "-"],
        b"{\"a\":[1,\"two\"]}\n{\"a\":[1]}\n\n{\"b\":0}\n{\"a\":[1,{}]}",
    );
    assert_eq!((code, out.as_str()), (Some(1), "\"two\"\n{}\n"));
    assert_eq!(
        err,
        "json: -:2: `a` is an array of 1 item\njson: -:4: the document has no member `a`\n"
    );
}

#[test]
fn a_file_that_cannot_be_read_does_not_keep_the_others() {
    let good = file("lines-good.ndjson", b"1\n");
    let Run { code, out, err } = run(&["--get", "", "no-such-file", &good, "data", &good], b"");
    assert_eq!((code, out.as_str()), (Some(1), "1\n1\n"));
    let lines: Vec<_> = err.lines().collect();
    assert_eq!(lines.len(), 2, "{err}");
    assert!(
        lines[0].starts_with("json: no-such-file: cannot read: "),
        "{err}"
    );
    assert!(lines[1].starts_with("json: data: cannot read: "), "{err}");
}

/// A text of records of many sizes, up to some KiB.
fn records(count: usize) -> String {
    let mut text = String::new();
    for index in 0..count {
        let items = index * 7919 % 31;
        write!(text, "{{\"id\":{index},\"items\":[").unwrap();
        for item in 0..items {
            write!(text, "{{\"n\":{item},\"s\":\"\\u0061{item:>10}\"}},").unwrap();
        }
        writeln!(text, "null]}}").unwrap();
    }
    text
}

#[test]
fn ten_thousand_records_take_no_more_than_the_first_ones() {
    let text = records(10_000);
    let (mut blink, mut scratch) = (Blink::new(), Blink::new());
    let (mut file, mut scratch) = (blink.as_frame(), scratch.as_frame());
    let mut lines = Lines::new(text.as_bytes());
    let mut members = 0;
    let mut steps = |count| {
        for _ in 0..count {
            let line = lines.read().unwrap().expect("more lines");
            members += statistics(&mut file, &mut scratch, line).members;
        }
    };
    // All sizes once.
    let first = Counting::taken_by(|| steps(31));
    assert!((2..60).contains(&first.calls), "{first:?}");
    assert!((1..200_000).contains(&first.peak), "{first:?}");
    let rest = Counting::taken_by(|| steps(10_000 - 31));
    assert_eq!((rest.calls, rest.peak), (0, 0));
    assert!(lines.read().unwrap().is_none());
    assert!(members > 300_000, "{members}");
}

/// The numbers of the line that begins with `name`.
fn numbers(out: &str, name: &str) -> Vec<u64> {
    let line = out.lines().find(|line| line.starts_with(name)).unwrap();
    let words = line.split(|c: char| !c.is_ascii_digit());
    words.filter_map(|word| word.parse().ok()).collect()
}

#[test]
fn the_program_takes_as_much_for_a_long_file_as_for_a_short_one() {
    let taken = |count: usize| {
        let path = file(&format!("lines-{count}.ndjson"), records(count).as_bytes());
        let Run { code, out, .. } = run(&[&path], b"");
        assert_eq!(code, Some(0));
        [
            numbers(&out, "Taken from the system"),
            numbers(&out, "Calls of the system's"),
        ]
    };
    let short = taken(31);
    assert_eq!(short, taken(10_000));
    let [bytes, calls] = short;
    assert!(bytes[0] > 65_536 && bytes[0] < 300_000, "{bytes:?}");
    assert!(calls[0] < 100 && calls[1] <= 31, "{calls:?}");
}

#[test]
fn a_line_may_be_very_long() {
    let long = "12345,".repeat(1_000_000);
    let text = format!("[1]\n[{long}6]\n[2,3]\n");
    let path = file("lines-long.ndjson", text.as_bytes());
    let Run { code, out, err } = run(&[&path], b"");
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.contains(" 3  arrays, 1000004 items\n"), "{out}");

    let last = run(&["--get", "[1]", &path], b"");
    assert_eq!((last.code, last.out.as_str()), (Some(1), "12345\n3\n"));
    // A mistake at the end of it, and what is behind.
    let text = format!("[{long}]\n[2,3]\n");
    let Run { code, out, err } = run(&["--get", "[0]"], text.as_bytes());
    assert_eq!((code, out.as_str()), (Some(1), "2\n"));
    assert_eq!(
        err,
        "json: -:1:6000002: expected an item after `,`, found `]`\n"
    );
}

#[test]
fn lines_are_not_compared() {
    let Run { code, out, err } = run(&["--compare"], b"");
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(
        err.starts_with("json: --lines and --compare do not go together\n"),
        "{err}"
    );
}

/// What is drawn on a terminal when a file is read, or `None` where there is no `script` that
/// makes one.
fn drawn(args: &str) -> Option<String> {
    let command = format!("'{}' --lines {args}", env!("CARGO_BIN_EXE_json"));
    let script = Command::new("script")
        .args(["--quiet", "--return", "--command", &command, "/dev/null"])
        .env("TERM", "xterm")
        .output();
    let Ok(output) = script else {
        eprintln!("skipped: there is no `script` here");
        return None;
    };
    assert!(output.status.success(), "{output:?}");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn a_bar_is_drawn_on_a_terminal_for_long_files_only() {
    let long = file("lines-bar.ndjson", records(10_000).as_bytes());
    let short = file("lines-no-bar.ndjson", records(20).as_bytes());
    assert!(fs::metadata(&long).unwrap().len() > 2 << 20);
    let Some(bar) = drawn(&format!("'{long}' > /dev/null")) else {
        return;
    };
    assert!(bar.contains(" records") && bar.contains(" MiB"), "{bar}");
    // Of a pipe the size is not known.
    let piped = drawn(&format!("< '{long}' > /dev/null")).unwrap();
    assert!(
        piped.contains(" records") && !piped.contains(" of "),
        "{piped}"
    );
    for quiet in [
        format!("--quiet '{long}' > /dev/null"),
        format!("'{short}' > /dev/null"),
        format!("'{long}' > /dev/null 2> '{short}.err'"),
    ] {
        assert_eq!(drawn(&quiet).unwrap(), "", "{quiet}");
    }
    assert_eq!(fs::read_to_string(format!("{short}.err")).unwrap(), "");
    // Values on the same terminal are not drawn over.
    let values = drawn(&format!("--get id '{long}'")).unwrap();
    assert!(values.starts_with("0\r\n1\r\n2\r\n"), "{values}");
    assert!(!values.contains("records"), "{values}");
}
