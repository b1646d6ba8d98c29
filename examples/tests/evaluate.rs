//! Values, errors with their places, and arenas that calls leave nothing in.

use blink_alloc::Blink;
use blink_examples::{
    counting::Counting,
    evaluate::{
        session::{Counts, Session},
        stack::with_stack,
    },
};

#[global_allocator]
static GLOBAL: Counting = Counting;

/// The values of a text, or what is wrong with it. With the stack that the program has: a debug
/// build needs most of a test's own.
fn evaluate(text: &str) -> Result<Vec<f64>, String> {
    let run = || {
        let mut blink = Blink::new();
        let mut values = Vec::new();
        let done = Session::new().run(&mut blink.as_frame(), text, |value| values.push(value));
        done.map(|()| values).map_err(|error| error.to_string())
    };
    with_stack(run).expect("a stack")
}

#[test]
fn values() {
    for (text, expected) in [
        ("", &[][..]),
        (" ;; # nothing\n", &[]),
        ("let f(x) = x * (x + 1); f(3) + sum(1, 2, 3)", &[18.0]),
        ("1; 2.5;\n3e2", &[1.0, 2.5, 300.0]),
        (
            "1 - 2 - 3; 2 * 3 + 4 * 5; 7 / 2 / 2; 17 % 5",
            &[-4.0, 26.0, 1.75, 2.0],
        ),
        (
            "2 ^ 3 ^ 2; -2 ^ 2; 2 ^ -1; --3; (1 + 2) * 3",
            &[512.0, -4.0, 0.5, 3.0, 9.0],
        ),
        (
            "1 < 2; 2 <= 1; 2 > 1; 1 >= 2; 1 == 1; 1 != 1",
            &[1.0, 0.0, 1.0, 0.0, 1.0, 0.0],
        ),
        ("1 + 1 < 3 * 1", &[1.0]),
        ("if 0 then 1 / 0 else 2; if 3 then 4 else 5", &[2.0, 4.0]),
        ("if 1 then if 0 then 1 else 2 else 3", &[2.0]),
        (
            "sum(); product(); sum(1, 2); product(2, 3, 4)",
            &[0.0, 1.0, 3.0, 24.0],
        ),
        (
            "min(3, 1, 2); max(3, 1, 2); abs(-2); floor(-0.5); sqrt(9)",
            &[1.0, 3.0, 2.0, -1.0, 3.0],
        ),
        ("pi", &[std::f64::consts::PI]),
        (
            "let x = 3; let y = x + 1; x * y; let x = 5; x * y",
            &[12.0, 20.0],
        ),
        ("let f() = 7; f() + f()", &[14.0]),
        // Definitions go before what is there, parameters before definitions.
        (
            "let sum(a, b) = a - b; sum(1, 2); let pi = 3; pi",
            &[-1.0, 3.0],
        ),
        ("let x = 1; let f(x) = x; f(2) + x", &[3.0]),
        // Functions see what is defined when they are called, and not what their caller's
        // parameters are.
        ("let f(x) = g(x) + 1; let g(x) = x * 2; f(5)", &[11.0]),
        (
            "let y = 1; let f(x) = x + y; let g(y) = f(y); g(10)",
            &[11.0],
        ),
        (
            "let fact(n) = if n < 2 then 1 else n * fact(n - 1); fact(20)",
            &[2_432_902_008_176_640_000.0],
        ),
        (
            "let fib(n) = if n < 2 then n else fib(n - 1) + fib(n - 2); fib(20)",
            &[6765.0],
        ),
        (
            "let even(n) = if n == 0 then 1 else odd(n - 1); \
             let odd(n) = if n == 0 then 0 else even(n - 1); even(101); odd(101)",
            &[0.0, 1.0],
        ),
        (
            "let a(m, n) = if m == 0 then n + 1 else if n == 0 then a(m - 1, 1) \
          else a(m - 1, a(m, n - 1)); a(2, 3)",
            &[9.0],
        ),
        ("let été_1(x) = x; été_1(3)", &[3.0]),
    ] {
        assert_eq!(evaluate(text), Ok(expected.to_vec()), "{text}");
    }
}

#[test]
fn errors_have_a_place() {
    for (text, expected) in [
        ("1 +", "1:4: expected a value, found the end of the text"),
        (
            "1 2",
            "1:3: expected an operator, `;` or the end of the text, found `2`",
        ),
        ("let", "1:4: expected a name, found the end of the text"),
        ("let 1 = 2", "1:5: expected a name, found `1`"),
        ("let then = 2", "1:5: expected a name, found `then`"),
        ("let x 2", "1:7: expected `=` or `(`, found `2`"),
        (
            "let f(x) x",
            "1:10: expected `=` and what the function is, found `x`",
        ),
        ("let f(x y) = 1", "1:9: expected `,` or `)`, found `y`"),
        ("let f(1) = 1", "1:7: expected a parameter, found `1`"),
        ("let f(a, b, a) = 1", "1:13: two parameters `a`"),
        ("sum(1 2)", "1:7: expected `,` or `)`, found `2`"),
        ("sum(1,)", "1:7: expected a value, found `)`"),
        ("(1", "1:3: expected `)`, found the end of the text"),
        ("1 + else", "1:5: expected a value, found `else`"),
        ("if 1 2", "1:6: expected `then`, found `2`"),
        (
            "if 1 then 2",
            "1:12: expected `else`, found the end of the text",
        ),
        ("1;\n\n  1 + §", "3:7: no use for a character `§`"),
        ("\"\"", "1:1: no use for a character `\\\"`"),
        ("é + 1", "1:1: no value `é`"),
        ("sum(0 * 1, no)", "1:12: no value `no`"),
        ("été_1(3); 1", "1:1: no function `été_1`"),
        ("1 + no(1)", "1:5: no function `no`"),
        ("let x = 1; x(2)", "1:12: no function `x`"),
        (
            "let f(x) = x; f",
            "1:15: `f` is a function, and needs arguments",
        ),
        ("let f(x) = x; f(1, 2)", "1:15: `f` takes 1 argument, not 2"),
        ("let f(x, y) = x; f()", "1:18: `f` takes 2 arguments, not 0"),
        ("abs()", "1:1: `abs` takes 1 argument, not 0"),
        ("1.2.3", "1:1: `1.2.3` is no finite number"),
        ("1 + 2x", "1:5: `2x` is no finite number"),
        ("1e400", "1:1: `1e400` is no finite number"),
        ("1 + 2 / 0", "1:7: no finite result"),
        ("1 % 0", "1:3: no finite result"),
        ("10 ^ 308 * 10", "1:10: no finite result"),
        ("sqrt(0 - 1)", "1:1: no finite result"),
        ("max()", "1:1: no finite result"),
        // In a function the place is that in its body.
        ("let f(x) =\n 1 / x;\nf(0)", "2:4: no finite result"),
    ] {
        assert_eq!(evaluate(text), Err(expected.to_owned()), "{text}");
    }
}

#[test]
fn a_session_goes_on_after_an_error() {
    let mut blink = Blink::new();
    let mut blink = blink.as_frame();
    let mut session = Session::new();
    let mut run = |text: &str| {
        let mut values = Vec::new();
        let done = session.run(&mut blink, text, |value| values.push(value));
        (values, done.map_err(|error| error.to_string()))
    };
    assert_eq!(
        run("let f(x) = x / y; 1; f(1); 2"),
        (vec![1.0], Err("1:16: no value `y`".into()))
    );
    assert_eq!(run("let y = 2\n;f(1)"), (vec![0.5], Ok(())));
    // Lines go on from text to text, also behind those that are no program.
    assert_eq!(run("$").1, Err("4:1: no use for a character `$`".into()));
    assert_eq!(
        run("let y = 0; f(1)").1,
        Err("1:14: no finite result".into())
    );
    assert_eq!(run("").1, Ok(()));
    assert_eq!(run("?").1, Err("7:1: no use for a character `?`".into()));
    assert_eq!(run("let f = 3; f").0, [3.0]);
}

#[test]
fn recursion_without_end_is_an_error() {
    // The worst there is for the stack.
    let negative = format!("let f(x) = {}f(x){}; f(1)", "-(".repeat(49), ")".repeat(49));
    for text in [
        "let f(x) = f(x + 1); f(1)",
        "let f(x) = sum(f(x)); f(1)",
        "let f(x) = if f(x) then 1 else 2; f(1)",
        "let f(x) = g(x) ^ 2; let g(x) = 1 + 2 * f(-x); f(1)",
        &*negative,
    ] {
        let error = evaluate(text).unwrap_err();
        let message =
            "more than 10000 calls and operations in each other: a recursion without end?";
        assert!(error.ends_with(message), "{text}: {error}");
    }
    let deep = "let f(n) = if n == 0 then 0 else 1 + f(n - 1); f(3000)";
    assert_eq!(evaluate(deep), Ok(vec![3000.0]));
}

#[test]
fn what_is_long_is_not_deep() {
    let long = vec!["1"; 100_000];
    assert_eq!(evaluate(&long.join("+")), Ok(vec![100_000.0]));
    assert_eq!(
        evaluate(&format!("sum({})", long.join(","))),
        Ok(vec![100_000.0])
    );

    // The condition is the first that is too deep, where there is one.
    for (open, close, column) in [
        ("(", ")", 101),
        ("-", "", 101),
        ("1^", "", 201),
        ("sum(", ")", 401),
        ("if 1 then ", " else 2", 994),
        ("if ", " then 1 else 2", 301),
    ] {
        let nested = |count: usize| format!("{}1{}", open.repeat(count), close.repeat(count));
        assert_eq!(evaluate(&nested(98)).unwrap().len(), 1, "{open}");
        let error = evaluate(&nested(10_000)).unwrap_err();
        assert_eq!(
            error,
            format!("1:{column}: nested deeper than 100"),
            "{open}"
        );
    }
}

#[test]
fn calls_leave_nothing_in_the_arena() {
    const FIB: &str = "let fib(n) = if n < 2 then n else fib(n - 1) + fib(n - 2)";
    /// What the arena has in use and in all after a text, and the calls.
    fn arena_after(text: &str) -> (usize, usize, Counts) {
        let mut blink = Blink::new();
        let mut session = Session::new();
        let mut frame = blink.as_frame();
        session.run(&mut frame, FIB, |_| ()).unwrap();
        session.run(&mut frame, text, |_| ()).unwrap();
        let counts = session.counts();
        drop(session);
        let stats = blink.allocator().stats();
        (stats.used(), stats.capacity(), counts)
    }
    let (definition, _, none) = arena_after("");
    assert!(definition > 100, "{definition}");
    assert_eq!(none, Counts::default());

    let (used, capacity, counts) = arena_after("fib(18)");
    assert_eq!(used, definition);
    assert_eq!(
        counts,
        Counts {
            calls: 8361,
            deepest: 18
        }
    );
    // Room for the arguments of the calls that are in each other, not for those of all.
    assert!(
        capacity < counts.calls as usize * size_of::<f64>() / 10,
        "{capacity}"
    );
    // As many calls again, and again.
    let (more_used, more_capacity, more) = arena_after("fib(18); fib(18); fib(18)");
    assert_eq!((more_used, more_capacity), (definition, capacity));
    assert_eq!(more.calls, 3 * counts.calls);
}

#[test]
fn warm_calls_do_not_call_the_allocator() {
    let mut blink = Blink::new();
    let mut blink = blink.as_frame();
    let mut session = Session::new();
    let text = "let f(n) = if n == 0 then 0 else sum(n, f(n - 1), 1, 2, 3)";
    session.run(&mut blink, text, |_| ()).unwrap();
    let mut calls =
        |text: &str| Counting::calls_during(|| session.run(&mut blink, text, |_| ()).unwrap());
    assert!((1..10).contains(&calls("f(60)")));
    assert_eq!(calls("f(60); f(59) + f(60)"), 0);
    // Errors in the middle of a call end its frames, too. Only their text is allocated.
    for _ in 0..100 {
        calls("f(10) + 0");
    }
    let error = Counting::taken_by(|| {
        for _ in 0..1000 {
            session.run(&mut blink, "f(50.5 / 0)", |_| ()).unwrap_err();
        }
    });
    assert_eq!((error.calls, error.peak), (0, 0));
}
