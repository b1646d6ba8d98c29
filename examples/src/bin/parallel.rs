//! Parses JSON documents with several threads into one arena, round by round, and says how often
//! the arena called the system's allocator after a warm-up.
//!
//! ```text
//! cargo run --release -p blink-examples --bin parallel [OPTIONS] [FILE...]
//! ```
//!
//! What a round is, with a thread's own arena or without, is in
//! [`Team`].

use std::{
    env,
    ffi::OsString,
    fmt,
    io::{self, Write},
    process::ExitCode,
    thread,
    time::Duration,
};

use blink_alloc::Stats;
use blink_examples::{
    base::Base,
    counting::Counting,
    files::{CORPUS, File},
    json::statistics::Statistics,
    measure::Measured,
    parallel::team::{Round, Shared, Team},
    program::{exit_code, number},
};

#[global_allocator]
static GLOBAL: Counting = Counting;

const HELP: &str = "\
Parses JSON documents with several threads into one arena, and says what they consist of.

usage: parallel [OPTIONS] [FILE...]

    --threads N  threads that parse (as many as run at once here)
    --rounds N   rounds after the warm-up (21)
    --direct     all threads put each value into the shared arena, otherwise each has an arena
                 of its own, which takes larger pieces from the shared one
    --help       print this
    --           end of the options

Each round starts the threads, which parse all files; uses the documents when they have ended;
and resets the arena. With --direct, or with one thread, a warm arena does not call the system's
allocator any more. Otherwise what the threads take depends on which files each has got, and a
round that takes more than all before it makes a call or two.

Without files it reads the two documents that come with it. The file - is standard input. What
is wrong with a file is printed with its place, and the others are read. The exit code is 0 when
all was well, 1 when a document was bad or could not be read, and 2 for arguments that make no
sense.
";

/// Rounds that are done before calls of the system's allocator are counted as those of a warm
/// arena: in the first one it learns what a round takes, at its end it gets that.
const WARM_UP: u64 = 2;

/// More rounds than anybody waits for.
const MOST_ROUNDS: u64 = 1_000_000;

/// More threads would only wait for each other.
const MOST_THREADS: u64 = 256;

fn main() -> ExitCode {
    let done = match Options::parse(env::args_os().skip(1)) {
        Ok(Options { help: true, .. }) => io::stdout().write_all(HELP.as_bytes()).map(|()| true),
        Ok(options) => run(&options),
        Err(problem) => {
            eprintln!("parallel: {problem}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    exit_code("parallel", done)
}

/// What the arguments ask for.
struct Options {
    help: bool,
    threads: usize,
    rounds: u64,
    direct: bool,
    files: Vec<OsString>,
}

impl Options {
    fn parse(mut args: impl Iterator<Item = OsString>) -> Result<Self, String> {
        let mut options = Self {
            help: false,
            threads: thread::available_parallelism().map_or(1, usize::from),
            rounds: 21,
            direct: false,
            files: Vec::new(),
        };
        while let Some(arg) = args.next() {
            match arg.as_encoded_bytes() {
                b"--help" | b"-h" => options.help = true,
                b"--threads" => {
                    let threads = number("--threads", args.next(), 1..=MOST_THREADS)?;
                    options.threads = threads as usize;
                }
                b"--rounds" => options.rounds = number("--rounds", args.next(), 1..=MOST_ROUNDS)?,
                b"--direct" => options.direct = true,
                b"--" => options.files.extend(&mut args),
                [b'-', _, ..] => return Err(format!("no option {}", arg.display())),
                _ => options.files.push(arg),
            }
        }
        if options.files.is_empty() {
            options.files = CORPUS.map(OsString::from).to_vec();
        }
        Ok(options)
    }
}

/// Does what was asked for, and says whether all files had documents.
fn run(options: &Options) -> io::Result<bool> {
    let files = read(&options.files);
    let all_read = files.len() == options.files.len();
    if files.is_empty() {
        return Ok(false);
    }
    let report = Report::new(options, &files);
    let all_good = report.show_files(&files)?;
    writeln!(io::stdout(), "{report}")?;
    Ok(all_read && all_good)
}

/// The files that can be read. Once, before all rounds: these are about arenas, not about disks.
fn read(paths: &[OsString]) -> Vec<File> {
    let mut files = Vec::new();
    for path in paths {
        match File::read(path) {
            Ok(file) => files.push(file),
            Err(problem) => eprintln!("parallel: {problem}"),
        }
    }
    files
}

/// Calls of the system's allocator, as far as they are of this program. What the system itself
/// takes for a thread is not in it.
#[derive(Clone, Copy, Default)]
struct Calls {
    /// By the shared arena.
    arena: usize,
    /// By all else: the parsers, and who starts threads and has lists of them.
    other: usize,
}

/// What the rounds have found out, and what they took.
struct Report {
    /// The last round. All find the same.
    last: Round,
    threads: usize,
    direct: bool,
    rounds: u64,
    /// In the warm-up.
    first_calls: Calls,
    /// After it.
    calls: Calls,
    time: Duration,
    /// With the documents of the last round.
    arena: Stats,
}

impl Report {
    fn new(options: &Options, files: &[File]) -> Self {
        let base = Base::new();
        let mut rounds = Rounds {
            team: Team::new(options.threads),
            direct: options.direct,
            files,
            base: &base,
            shared: Shared::new_in(&base),
            calls: Calls::default(),
        };
        for _ in 0..WARM_UP {
            rounds.next();
        }
        let first_calls = std::mem::take(&mut rounds.calls);
        let mut measured = Measured::default();
        let mut last = None;
        for _ in 0..options.rounds {
            measured.run(|| last = Some(rounds.next()));
        }
        let (last, arena) = last.expect("a round at least");
        Self {
            last,
            threads: options.threads,
            direct: options.direct,
            rounds: options.rounds,
            first_calls,
            calls: rounds.calls,
            time: measured.median(),
            arena,
        }
    }
}

/// The same round, again and again.
struct Rounds<'r> {
    team: Team,
    direct: bool,
    files: &'r [File],
    base: &'r Base,
    shared: Shared<'r>,
    calls: Calls,
}

impl Rounds<'_> {
    /// Does a round, and resets the arena. Returns what it held before.
    fn next(&mut self) -> (Round, Stats) {
        let (by_thread, by_arena) = (Counting::calls(), self.base.calls());
        let round = if self.direct {
            self.team.parse_directly(&mut self.shared, self.files)
        } else {
            self.team.parse_locally(&self.shared, self.files)
        };
        let arena = self.shared.stats();
        self.shared.reset();
        let by_arena = self.base.calls() - by_arena;
        self.calls.arena += by_arena;
        self.calls.other += Counting::calls() - by_thread + round.calls - by_arena;
        (round, arena)
    }
}

impl Report {
    /// Prints a line a document, or what is wrong with it. Says whether all are good.
    fn show_files(&self, files: &[File]) -> io::Result<bool> {
        let mut all = true;
        for (File { name, .. }, found) in files.iter().zip(&self.last.found) {
            match found {
                Ok(found) => {
                    let (values, depth) = (found.values(), found.depth);
                    writeln!(io::stdout(), "{name}: {values} values, nested {depth} deep")?;
                }
                Err(error) => {
                    eprintln!("parallel: {name}:{error}");
                    all = false;
                }
            }
        }
        Ok(all)
    }

    /// Of all documents together.
    fn statistics(&self) -> (usize, Statistics) {
        let good = || self.last.found.iter().flatten();
        let mut statistics = Statistics::default();
        good().for_each(|found| statistics += found);
        (good().count(), statistics)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (documents, statistics) = self.statistics();
        let Self {
            threads,
            rounds,
            first_calls,
            calls,
            time,
            arena,
            ..
        } = self;
        let how = if self.direct {
            "into one frame"
        } else {
            "each into an arena of its own"
        };
        writeln!(f, "{documents} documents together:\n{statistics}\n")?;
        writeln!(f, "Threads: {threads}, {how}")?;
        writeln!(
            f,
            "A round: {time:.1?}, the median of {rounds} after {WARM_UP} of warm-up"
        )?;
        writeln!(f, "The shared arena at the end of one: {arena}")?;
        writeln!(
            f,
            "Calls of the system's allocator by the arena: {} in the warm-up, then {}",
            first_calls.arena, calls.arena
        )?;
        write!(
            f,
            "By all else, as starting threads: {} in the warm-up, then {}, which is {} a round",
            first_calls.other,
            calls.other,
            calls.other as u64 / rounds
        )
    }
}
