//! Requests that are answered by threads with arenas from a cache.

mod program;

use blink_alloc::{Blink, SendBlink};
use blink_examples::queries::{
    request::{Query, Request, parse, queries, requests, text},
    service::Service,
    vectors::{KINDS, vectors},
};
use program::{Run, run_unread};

const PROGRAM: &str = env!("CARGO_BIN_EXE_queries");

fn run(args: &[&str]) -> Run {
    program::run(PROGRAM, args, b"")
}

/// The cells of the row that begins with `name`, without the first one, which is a speed.
fn row<'a>(out: &'a str, name: &str) -> Vec<&'a str> {
    let row = out.lines().find_map(|line| line.strip_prefix(name));
    let row = row.unwrap_or_else(|| panic!("no {name} in {out}"));
    row.split_whitespace().skip(1).collect()
}

/// The answer that was printed.
fn first_answer(out: &str) -> &str {
    let answer = out
        .lines()
        .find_map(|line| line.strip_prefix("The first answer: "));
    answer.unwrap_or_else(|| panic!("no answer in {out}"))
}

#[test]
fn all_threads_answer_the_same_and_arenas_make_no_calls() {
    let mut expected = None;
    for threads in ["1", "2", "4", "7"] {
        let sizes = ["--queries", "60", "--vectors", "700", "--top", "4"];
        let Run { code, out, err } = run(&[&["--threads", threads][..], &sizes].concat());
        assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
        assert!(
            out.starts_with("60 requests, 700 vectors of 32 numbers\n"),
            "{out}"
        );
        assert!(
            out.contains(&format!("Threads that answer: {threads}\n")),
            "{out}"
        );
        let arenas = 2 * threads.parse::<usize>().unwrap() + 1;
        assert!(
            out.contains(&format!("Warm-up: {arenas} arenas made, ")),
            "{out}"
        );
        for name in ["each by one thread", "read and answered by two"] {
            let row = row(&out, name);
            assert_eq!(row[..2], ["0", "0"], "{out}");
            // Texts of requests and answers are not in arenas.
            assert!(row[2].parse::<f64>().unwrap() >= 2.0, "{out}");
        }
        let end = "\nThe answers are those that are found without arenas.\n";
        assert!(out.ends_with(end), "{out}");

        let answer = first_answer(&out);
        assert_eq!(answer.split(' ').count(), 4, "{out}");
        assert_eq!(answer, expected.get_or_insert_with(|| answer.to_owned()));
    }
}

#[test]
fn few_vectors_and_many() {
    for (vectors, top, found) in [
        ("0", "3", 0),
        ("2", "100", 2),
        ("100", "0", 0),
        ("30000", "1", 1),
    ] {
        let args = [
            "--queries",
            "9",
            "--vectors",
            vectors,
            "--top",
            top,
            "--seed",
            "9",
        ];
        let Run { code, out, err } = run(&args);
        assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
        let answer = first_answer(&out).split_whitespace().count();
        // Of one kind there may be less.
        assert!(
            answer <= found && (found < 1 || vectors == "2" || answer == found),
            "{out}"
        );
    }
}

/// The program asks for room for the largest queries in its warm-up, more than the 1 MiB that a
/// cache keeps in any case unless it is told to.
#[test]
fn large_arenas_are_warm_too() {
    let sizes = ["--queries", "3", "--vectors", "150000", "--threads", "2"];
    let Run { code, out, err } = run(&sizes);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
}

#[test]
fn a_seed_makes_the_same_vectors_and_requests() {
    assert_eq!(vectors(50, 1), vectors(50, 1));
    assert_ne!(vectors(50, 1), vectors(50, 2));
    assert_eq!(queries(50, 3, 1), queries(50, 3, 1));
    assert_ne!(queries(50, 3, 1), queries(50, 3, 2));
    let kinds = |kind| queries(500, 3, 1).iter().any(|query| query.kind == kind);
    assert!((0..KINDS).map(Some).chain([None]).all(kinds));
    let kinds = |kind| vectors(500, 1).iter().any(|vector| vector.kind == kind);
    assert!((0..KINDS).all(kinds) && !kinds(KINDS));
}

#[test]
fn requests_are_read_as_they_were_written() {
    let (local, sendable) = (Blink::new(), SendBlink::new(Blink::new()));
    for query in queries(100, 12, 5) {
        assert_eq!(parse(&text(&query), &local), Some(query));
        assert_eq!(parse(&text(&query), &sendable), Some(query));
    }
}

/// A request and some that are none.
fn broken_requests() -> (Query, Vec<String>) {
    let query = queries(1, 3, 1)[0];
    let query = Query {
        kind: Some(5),
        ..query
    };
    let good = text(&query);
    let last = good.rfind(' ').unwrap();
    let broken = vec![
        String::new(),
        "top".to_owned(),
        good.replace("top 3", "top -3"),
        good.replace("top 3", "3"),
        good.replace("kind 5", "kind 8"),
        good.replace("kind 5", "kind all"),
        good[..last].to_owned(),
        format!("{} inf", &good[..last]),
        format!("{} x", &good[..last]),
        format!("{good} 1"),
        format!("{good} "),
    ];
    (query, broken)
}

#[test]
fn what_is_no_request_is_answered_so() {
    let (query, broken) = broken_requests();
    let blink = Blink::new();
    for text in &broken {
        assert_eq!(parse(text, &blink), None, "{text}");
    }
    let vectors = &*vectors(100, 1);
    for threads in [1, 3] {
        let service = Service { threads, vectors };
        let mut texts = broken.clone();
        texts.insert(4, text(&query));
        let requests = texts.into_iter().enumerate();
        let requests: Vec<Request> = requests
            .map(|(number, text)| Request { number, text })
            .collect();
        let good = &service.answer_plainly(&[query])[0];
        assert!(good.contains(':'));
        for answers in [
            service.answer_pooled(requests.clone()),
            service.answer_split(requests),
        ] {
            assert_eq!(answers.texts.len(), broken.len() + 1);
            for (number, text) in answers.texts.iter().enumerate() {
                assert_eq!(text, if number == 4 { good } else { "bad request" });
            }
        }
    }
}

#[test]
fn nothing_to_do_is_no_problem() {
    let vectors = &*vectors(10, 1);
    let service = Service {
        threads: 2,
        vectors,
    };
    assert!(requests(&[]).is_empty());
    assert!(service.answer_pooled(Vec::new()).texts.is_empty());
    assert!(service.answer_split(Vec::new()).texts.is_empty());
}

#[test]
fn options() {
    for option in ["--help", "-h"] {
        let Run { code, out, err } = run(&[option]);
        assert_eq!((code, err.as_str()), (Some(0), ""));
        assert!(out.contains("usage: queries [OPTIONS]"), "{out}");
    }
    for (args, expected) in [
        (&["--fast"][..], "no option --fast"),
        (&["10"], "no option 10"),
        (&["--seed"], "--seed needs a number"),
        (
            &["--threads", "0"],
            "--threads: 0 is no number from 1 to 256",
        ),
        (
            &["--queries", "0"],
            "--queries: 0 is no number from 1 to 10000000",
        ),
        (
            &["--vectors", "-1"],
            "--vectors: -1 is no number up to 10000000",
        ),
        (&["--top", "x"], "--top: x is no number up to 10000000"),
    ] {
        let Run { code, out, err } = run(args);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{args:?}");
        assert_eq!(err.lines().next(), Some(&*format!("queries: {expected}")));
    }
}

#[test]
fn who_does_not_read_its_output_is_no_error() {
    for args in [&["--help"][..], &["--queries", "3", "--vectors", "10"]] {
        let Run { code, err, .. } = run_unread(PROGRAM, args);
        assert_eq!((code, err.as_str()), (Some(0), ""), "{args:?}");
    }
}
