//! Parses JSON documents into an arena, one frame a file, and says what they consist of.
//!
//! ```text
//! cargo run --release -p blink-examples --bin json [OPTIONS] [FILE...]
//! ```
//!
//! The job itself is [`parse`](blink_examples::json::parse). Without files it reads two
//! documents of `data`. `documents` does files of one document, `records` those of many.

mod documents;
mod options;
mod progress;
mod records;

use std::{
    env,
    io::{self, BufWriter, Write},
    process::ExitCode,
};

use blink_alloc::Blink;
use blink_examples::{counting::Counting, json::arenas::Arenas, program::exit_code};

use options::{HELP, Job, Options};

#[global_allocator]
static GLOBAL: Counting = Counting;

fn main() -> ExitCode {
    let mut blink = Blink::new();
    let options = match Options::parse(env::args_os().skip(1)) {
        Ok(options) => options,
        Err(problem) => return usage(&problem),
    };
    if options.help {
        return exit_code("json", print(HELP));
    }
    let job = match options.job(&mut blink.as_frame()) {
        Ok(job) => job,
        Err(problem) => return usage(&problem),
    };
    exit_code("json", run(&options, &job))
}

fn usage(problem: &str) -> ExitCode {
    eprintln!("json: {problem}\n\n{HELP}");
    ExitCode::from(2)
}

fn print(text: &str) -> io::Result<bool> {
    io::stdout().write_all(text.as_bytes())?;
    Ok(true)
}

/// Why a file or a line is not done.
enum Problem {
    /// Something is wrong with it; the others are done still.
    Input(String),
    Output(io::Error),
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// What serves all files. The arenas grow to what the largest of them needs.
#[derive(Default)]
struct Shared {
    /// For the parser.
    scratch: Blink,
    /// To measure what a parse takes.
    measured: Arenas,
}

/// Does the job for every file, and says whether all had documents to do it with.
fn run(options: &Options, job: &Job<'_>) -> io::Result<bool> {
    let mut blink = Blink::new();
    let mut shared = Shared::default();
    let mut out = BufWriter::new(io::stdout().lock());
    let mut all = true;
    for file in &options.files {
        // Both enter a frame: when they return the documents of the file are gone.
        let blink = &mut blink.as_frame();
        let done = if options.lines {
            let progress = options.progress();
            records::process(blink, &mut shared, job, file, progress, &mut out)
        } else {
            documents::process(blink, &mut shared, job, file, &mut out).map(|()| true)
        };
        match done {
            Ok(good) => all &= good,
            Err(Problem::Output(error)) => return Err(error),
            Err(Problem::Input(problem)) => {
                // After what was printed about the files before.
                out.flush()?;
                eprintln!("json: {problem}");
                all = false;
            }
        }
    }
    out.flush()?;
    Ok(all)
}
