//! Evaluates expressions, with a frame for every call of a function.
//!
//! ```text
//! cargo run --release -p blink-examples --bin evaluate [--stats] [TEXT...]
//! ```
//!
//! The job itself is [`evaluate`](blink_examples::evaluate). Without texts it reads standard
//! input line by line.

use std::{
    env,
    ffi::OsString,
    io::{self, BufRead, IsTerminal, Write},
    process::ExitCode,
};

use blink_alloc::{Blink, Frame};
use blink_examples::{
    counting::Counting,
    evaluate::{session::Session, stack::with_stack},
};

#[global_allocator]
static GLOBAL: Counting = Counting;

const HELP: &str = "\
Evaluates expressions and prints their values.

usage: evaluate [--stats] [TEXT...]

    --stats  print how many calls there were, and what they took
    --help   print this
    --       end of the options

Each TEXT is a line of the program; without any the lines are read from standard input.
Statements of a line end with `;`:

    let x = 2 ^ 0.5                     a value
    let f(a, b) = a * b - x             a function, which may call itself
    f(3, x) + sum(1, 2, 3)              an expression

Operators are ^ - * / % + < <= > >= == != and `if c then a else b`, where 0 is false. There are
sum, product, min, max, abs, floor, sqrt and pi. # begins a comment.

An error is printed with its line and column, and the next line is run. The exit code is 0 when
all was well, 1 when there was an error, and 2 for arguments that make no sense.
";

fn main() -> ExitCode {
    let options = match Options::parse(env::args_os().skip(1)) {
        Ok(options) => options,
        Err(problem) => {
            eprintln!("evaluate: {problem}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    // All that is counted happens in that thread.
    match with_stack(|| run(&options)).and_then(|done| done) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        // Whoever read the output has seen enough, as `head` does.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("evaluate: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What the arguments ask for.
#[derive(Default)]
struct Options {
    help: bool,
    stats: bool,
    texts: Vec<String>,
}

impl Options {
    fn parse(args: impl Iterator<Item = OsString>) -> Result<Self, String> {
        let mut options = Self::default();
        let mut ended = false;
        for arg in args {
            let text = arg.into_string();
            let text = text.map_err(|arg| format!("{} is not UTF-8", arg.display()))?;
            match &*text {
                _ if ended => options.texts.push(text),
                "--" => ended = true,
                "--help" | "-h" => options.help = true,
                "--stats" => options.stats = true,
                // One dash is a sign.
                option if option.starts_with("--") => return Err(format!("no option {option}")),
                _ => options.texts.push(text),
            }
        }
        Ok(options)
    }
}

/// Does what was asked for, and says whether all was well.
fn run(options: &Options) -> io::Result<bool> {
    if options.help {
        io::stdout().write_all(HELP.as_bytes())?;
        return Ok(true);
    }
    let mut blink = Blink::new();
    let mut program = Program {
        blink: blink.as_frame(),
        session: Session::new(),
        good: true,
        allocator_calls: 0,
        last_calls: 0,
    };
    if options.texts.is_empty() {
        program.read(&mut io::stdin().lock())?;
    } else {
        options
            .texts
            .iter()
            .try_for_each(|text| program.line(text))?;
    }
    let summary = options.stats.then(|| program.summary());
    let good = program.good;
    if let Some(summary) = summary {
        writeln!(
            io::stdout(),
            "{summary}\nThe arena: {}",
            blink.allocator().stats()
        )?;
    }
    Ok(good)
}

/// A session whose definitions are in the frame of the program.
struct Program<'p> {
    blink: Frame<'p>,
    session: Session<'p>,
    good: bool,
    /// Calls of the system's allocator while lines were run.
    allocator_calls: usize,
    /// Those of the last line.
    last_calls: usize,
}

impl Program<'_> {
    /// Runs every line of an input.
    fn read(&mut self, input: &mut impl BufRead) -> io::Result<()> {
        let prompt = io::stdin().is_terminal() && io::stdout().is_terminal();
        let mut line = String::new();
        loop {
            if prompt {
                write!(io::stdout(), "> ")?;
                io::stdout().flush()?;
            }
            line.clear();
            let read = input.read_line(&mut line);
            if read.map_err(cannot_read)? == 0 {
                // Behind the prompt, which no line has ended.
                let behind = if prompt { "\n" } else { "" };
                return write!(io::stdout(), "{behind}");
            }
            self.line(line.trim_end_matches(['\n', '\r']))?;
        }
    }

    /// Runs a line, and prints the values in it or what is wrong with it.
    fn line(&mut self, text: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        let mut printed = Ok(());
        let mut done = Ok(());
        self.last_calls = Counting::calls_during(|| {
            done = self.session.run(&mut self.blink, text, |value| {
                if printed.is_ok() {
                    printed = writeln!(out, "{value}");
                }
            });
        });
        self.allocator_calls += self.last_calls;
        if let Err(error) = done {
            eprintln!("evaluate: {error}");
            self.good = false;
        }
        printed
    }

    /// What the session took.
    fn summary(&self) -> String {
        let counts = self.session.counts();
        format!(
            "{} calls of functions, {} in each other at most\n\
             Calls of the system's allocator: {}, {} of them in the last line",
            counts.calls, counts.deepest, self.allocator_calls, self.last_calls,
        )
    }
}

fn cannot_read(error: io::Error) -> io::Error {
    io::Error::new(
        error.kind(),
        format!("standard input: cannot read: {error}"),
    )
}
