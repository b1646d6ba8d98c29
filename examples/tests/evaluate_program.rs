//! Runs `evaluate` as its users do.

mod program;

use program::Run;

fn run(args: &[&str], input: &str) -> Run {
    program::run(env!("CARGO_BIN_EXE_evaluate"), args, input.as_bytes())
}

const FIB: &str = "let fib(n) = if n < 2 then n else fib(n - 1) + fib(n - 2)";

#[test]
fn arguments_are_lines_of_a_program() {
    let Run { code, out, err } = run(&["let f(x) = x * (x + 1)", "f(3) + sum(1, 2, 3)", "-1"], "");
    assert_eq!(
        (code, out.as_str(), err.as_str()),
        (Some(0), "18\n-1\n", "")
    );

    let Run { code, out, err } = run(&["let f(x) = 1 / x", "f(2); f(0); f(4)", "f(5)"], "");
    assert_eq!((code, out.as_str()), (Some(1), "0.5\n0.2\n"));
    assert_eq!(err, "evaluate: 1:14: no finite result\n");
}

#[test]
fn without_arguments_standard_input_is_read() {
    let text = "let f(x) = x *\nlet f(x) = x * 2\r\n\n1 2\nf(3); f(\nf(4)";
    let Run { code, out, err } = run(&[], text);
    assert_eq!((code, out.as_str()), (Some(1), "6\n8\n"));
    let lines: Vec<_> = err.lines().collect();
    assert_eq!(
        lines,
        [
            "evaluate: 1:15: expected a value, found the end of the text",
            "evaluate: 4:3: expected an operator, `;` or the end of the text, found `2`",
            "evaluate: 5:9: expected a value, found the end of the text",
        ]
    );
    let nothing = run(&[], "");
    assert_eq!((nothing.code, nothing.out.as_str()), (Some(0), ""));

    let program = env!("CARGO_BIN_EXE_evaluate");
    let binary = program::run(program, &[], b"1\n\xff\n2\n");
    assert_eq!((binary.code, binary.out.as_str()), (Some(1), "1\n"));
    assert!(
        binary
            .err
            .starts_with("evaluate: standard input: cannot read: "),
        "{}",
        binary.err
    );
}

#[test]
fn deep_recursion_is_an_error_and_not_a_crash() {
    let Run { code, out, err } = run(&["let f(x) = sum(f(x + 1))", "f(0)", "1 + 1"], "");
    assert_eq!((code, out.as_str()), (Some(1), "2\n"));
    assert!(err.starts_with("evaluate: 1:"), "{err}");
    assert!(err.ends_with("a recursion without end?\n"), "{err}");
}

#[test]
fn stats_do_not_depend_on_the_number_of_calls() {
    let stats = |line: &str| {
        let Run { code, out, err } = run(&["--stats", FIB, line], "");
        assert_eq!((code, err.as_str()), (Some(0), ""));
        let mut lines = out
            .lines()
            .skip_while(|line| !line.contains("calls of functions"));
        (
            lines.next().unwrap().to_owned(),
            lines.collect::<Vec<_>>().join("\n"),
        )
    };
    let (few, few_took) = stats("fib(15)");
    let (many, many_took) = stats("fib(15); fib(15); fib(15)");
    let (most, most_took) = stats("fib(19)");
    assert_eq!(few, "1973 calls of functions, 15 in each other at most");
    assert_eq!(many, "5919 calls of functions, 15 in each other at most");
    assert!(few_took.contains("\nThe arena: "), "{few_took}");
    let arena = |took: &str| took.split_once("The arena: ").unwrap().1.to_owned();
    assert_eq!(arena(&few_took), arena(&many_took));
    assert_eq!(most, "13529 calls of functions, 19 in each other at most");
    assert_eq!(arena(&few_took), arena(&most_took));
}

#[test]
fn options() {
    for option in ["--help", "-h"] {
        let Run { code, out, err } = run(&[option], "");
        assert_eq!((code, err.as_str()), (Some(0), ""));
        assert!(out.contains("usage: evaluate [--stats] [TEXT...]"), "{out}");
    }
    let unknown = run(&["1", "--fast"], "");
    assert_eq!((unknown.code, unknown.out.as_str()), (Some(2), ""));
    assert!(
        unknown.err.starts_with("evaluate: no option --fast\n"),
        "{}",
        unknown.err
    );
    let ended = run(&["--", "--1"], "");
    assert_eq!((ended.code, ended.out.as_str()), (Some(0), "1\n"));
}
