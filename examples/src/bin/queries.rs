//! A small vector search, whose tasks borrow warm arenas from a cache: after a warm-up no arena
//! calls the system's allocator any more.
//!
//! ```text
//! cargo run --release -p blink-examples --bin queries [OPTIONS]
//! ```
//!
//! How requests are answered is in [`Service`].

use std::{
    env,
    ffi::OsString,
    fmt,
    io::{self, Write},
    process::ExitCode,
    thread,
    time::{Duration, Instant},
};

use blink_examples::{
    counting::Counting,
    program::{exit_code, number},
    queries::{
        arenas,
        request::{queries, requests},
        service::{Answers, Service},
        vectors::{DIMENSIONS, vectors},
    },
};

#[global_allocator]
static GLOBAL: Counting = Counting;

const HELP: &str = "\
Finds the nearest of many vectors, with an arena from a cache for each request.

usage: queries [OPTIONS]

    --threads N  threads that answer (as many as run at once here)
    --queries N  requests (2000)
    --vectors N  vectors (20000)
    --top N      vectors that each request asks for (10)
    --seed N     what the vectors and the requests are (1)
    --help       print this

All requests are answered twice: each by one thread, then each read by a thread and answered by
another one, to which its arena goes with it. The answers are compared with those that are found
without arenas.

The exit code is 0 when they are equal and no arena called the system's allocator after the
warm-up, 1 when not, and 2 for arguments that make no sense.
";

/// More threads would only wait for each other.
const MOST_THREADS: u64 = 256;

/// More vectors or requests would have no memory.
const MOST: u64 = 10_000_000;

fn main() -> ExitCode {
    let done = match Options::parse(env::args_os().skip(1)) {
        Ok(Options { help: true, .. }) => io::stdout().write_all(HELP.as_bytes()).map(|()| true),
        Ok(options) => show(&Run::new(&options)),
        Err(problem) => {
            eprintln!("queries: {problem}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    exit_code("queries", done)
}

/// What the arguments ask for.
struct Options {
    help: bool,
    threads: usize,
    queries: usize,
    vectors: usize,
    top: usize,
    seed: u64,
}

impl Options {
    fn parse(mut args: impl Iterator<Item = OsString>) -> Result<Self, String> {
        let mut options = Self {
            help: false,
            threads: thread::available_parallelism().map_or(1, usize::from),
            queries: 2000,
            vectors: 20_000,
            top: 10,
            seed: 1,
        };
        while let Some(arg) = args.next() {
            match arg.as_encoded_bytes() {
                b"--help" | b"-h" => options.help = true,
                b"--threads" => {
                    let threads = number("--threads", args.next(), 1..=MOST_THREADS)?;
                    options.threads = threads as usize;
                }
                b"--queries" => {
                    options.queries = number("--queries", args.next(), 1..=MOST)? as usize;
                }
                b"--vectors" => {
                    options.vectors = number("--vectors", args.next(), 0..=MOST)? as usize;
                }
                b"--top" => options.top = number("--top", args.next(), 0..=MOST)? as usize,
                b"--seed" => options.seed = number("--seed", args.next(), 0..=u64::MAX)?,
                _ => return Err(format!("no option {}", arg.display())),
            }
        }
        Ok(options)
    }
}

/// What it took to answer all requests in one way.
struct Way {
    time: Duration,
    /// Calls of the system's allocator by arenas.
    by_arenas: usize,
    /// Those by all else that the threads do.
    by_else: usize,
    /// Arenas that were made.
    arenas: usize,
    /// The answer to the first request.
    first: String,
    /// Whether the answers are those that are found without arenas.
    equal: bool,
}

impl Way {
    fn new(answer: impl FnOnce() -> Answers, expected: &[String]) -> Self {
        let (calls, made) = (arenas::calls(), arenas::made());
        let start = Instant::now();
        let mut answers = answer();
        let time = start.elapsed();
        let by_arenas = arenas::calls() - calls;
        Self {
            time,
            by_arenas,
            by_else: answers.calls - by_arenas,
            arenas: arenas::made() - made,
            equal: answers.texts == expected,
            first: answers.texts.swap_remove(0),
        }
    }

    fn is_good(&self) -> bool {
        self.equal && self.by_arenas == 0
    }

    /// A row of a table, with what there is for a request or in a second.
    fn show(&self, f: &mut fmt::Formatter<'_>, name: &str, queries: usize) -> fmt::Result {
        let each = |calls: usize| calls as f64 / queries as f64;
        let speed = queries as f64 / self.time.as_secs_f64();
        let (arenas, by_arenas, by_else) = (self.arenas, self.by_arenas, each(self.by_else));
        writeln!(
            f,
            "{name:<27}{speed:>11.0}{arenas:>13}{by_arenas:>14}{by_else:>23.2}"
        )
    }
}

/// What was answered, and what it took.
struct Run {
    threads: usize,
    queries: usize,
    vectors: usize,
    /// Arenas that were made in the warm-up.
    first_arenas: usize,
    /// Their calls.
    first_calls: usize,
    pooled: Way,
    split: Way,
}

impl Run {
    fn new(options: &Options) -> Self {
        let vectors = &*vectors(options.vectors, options.seed);
        let queries = queries(options.queries, options.top, options.seed);
        let [for_pooled, for_split] = [(); 2].map(|()| requests(&queries));
        let threads = options.threads;
        let service = Service { threads, vectors };
        let expected = service.answer_plainly(&queries);
        service.warm_up(options.top);
        let (first_arenas, first_calls) = (arenas::made(), arenas::calls());
        Self {
            threads,
            queries: options.queries,
            vectors: options.vectors,
            first_arenas,
            first_calls,
            pooled: Way::new(|| service.answer_pooled(for_pooled), &expected),
            split: Way::new(|| service.answer_split(for_split), &expected),
        }
    }
}

/// Prints a run, and says whether all was as it should be.
fn show(run: &Run) -> io::Result<bool> {
    writeln!(io::stdout(), "{run}")?;
    for (way, name) in [(&run.pooled, "one thread"), (&run.split, "two threads")] {
        if !way.equal {
            eprintln!("queries: other answers by {name} than without arenas");
        }
    }
    Ok(run.pooled.is_good() && run.split.is_good())
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            threads,
            queries,
            vectors,
            first_arenas,
            first_calls,
            pooled,
            split,
        } = self;
        writeln!(
            f,
            "{queries} requests, {vectors} vectors of {DIMENSIONS} numbers"
        )?;
        writeln!(f, "Threads that answer: {threads}")?;
        writeln!(f, "The first answer: {}", pooled.first)?;
        writeln!(
            f,
            "Warm-up: {first_arenas} arenas made, {first_calls} calls of the system's allocator\n"
        )?;
        writeln!(
            f,
            "{:<27}{:>11}{:>13}{:>14}{:>23}",
            "", "requests/s", "new arenas", "arenas' calls", "other calls a request"
        )?;
        pooled.show(f, "each by one thread", *queries)?;
        split.show(f, "read and answered by two", *queries)?;
        writeln!(
            f,
            "Other calls are for the texts: a request's is freed, an answer's is made."
        )?;
        let equal = pooled.equal && split.equal;
        let not = if equal { "" } else { " not" };
        write!(
            f,
            "The answers are{not} those that are found without arenas."
        )
    }
}
