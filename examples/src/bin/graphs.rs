//! Reads documents into types that own what they consist of, moves them into an arena with one
//! call, asks both forms the same questions, and says what it took.
//!
//! ```text
//! cargo run --release -p blink-examples --bin graphs [OPTIONS] [FILE...]
//! ```
//!
//! The types are in [`blink_examples::graphs`].

use std::{
    env,
    ffi::{OsStr, OsString},
    fs,
    io::{self, Write},
    path::Path,
    process::ExitCode,
};

use blink_examples::{
    counting::Counting,
    files::File,
    graphs::{
        compare::Comparison,
        report::{Report, chart},
    },
    program::{exit_code, number},
};

#[global_allocator]
static GLOBAL: Counting = Counting;

const HELP: &str = "\
Reads JSON documents into owned types, copies these into an arena, and compares.

usage: graphs [OPTIONS] [FILE...]

    --copies N     how often a file is read, all of which is one graph (20)
    --rounds N     rounds that are measured (11)
    --svg FILE     write the ratios there, as a bar chart
    --report FILE  write what is printed there, with the command and the chart if there is one
    --help         print this
    --             end of the options

Without files it reads three documents that come with it. A catalogue of concerts and a page of
messages have types of their own, all others are read as plain JSON. The file - is standard input.

Times are medians, calls are those of the system's allocator. The owned graph is cloned and
dropped, the arena gets a copy and is reset.

The exit code is 0 when the copies are equal to the originals and a warm arena called the system's
allocator no more, 1 when not, when a file was bad or could not be read or written, and 2 for
arguments that make no sense.
";

/// The documents that are read where no file is named.
const CORPUS: [&str; 3] = [
    concat!(env!("CARGO_MANIFEST_DIR"), "/data/citm_catalog.json"),
    concat!(env!("CARGO_MANIFEST_DIR"), "/data/twitter.json"),
    concat!(env!("CARGO_MANIFEST_DIR"), "/data/github_events.json"),
];

/// Stands above the tables in a file of their own.
const TITLE: &str = "# Owned graphs, and their copies in an arena";

/// What the rows are.
const LEGEND: &str = "\
What the rows are, first for a graph of `String`, `Vec`, `Box` and maps, then for its copy by
`clone_in`:

- **copy to a new arena**: `clone`, for which the allocator has what earlier rounds gave back; into
  an arena without memory, for which the system has to find all pages.
- **copy to a warm arena**: the same `clone`; into an arena that was reset.
- **ask**: some questions about each document, such as the performances of each topic.
- **visit everything**: adds up all numbers and all bytes of texts.
- **free the copy**: drops what `clone` made; resets the arena.

Times are medians, and calls are those of the system's allocator in the round that made most.
";

/// More would have no memory.
const MOST_COPIES: u64 = 10_000;
const MOST_ROUNDS: u64 = 10_000;

fn main() -> ExitCode {
    let options = match Options::parse(env::args_os().skip(1)) {
        Ok(options) => options,
        Err(problem) => {
            eprintln!("graphs: {problem}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    let done = if options.help {
        io::stdout().write_all(HELP.as_bytes()).map(|()| true)
    } else {
        run(&options)
    };
    exit_code("graphs", done)
}

/// What the arguments ask for.
struct Options {
    help: bool,
    copies: usize,
    rounds: usize,
    svg: Option<OsString>,
    report: Option<OsString>,
    files: Vec<OsString>,
}

impl Options {
    fn parse(mut args: impl Iterator<Item = OsString>) -> Result<Self, String> {
        let mut options = Self {
            help: false,
            copies: 20,
            rounds: 11,
            svg: None,
            report: None,
            files: Vec::new(),
        };
        while let Some(arg) = args.next() {
            match arg.as_encoded_bytes() {
                b"--help" | b"-h" => options.help = true,
                b"--copies" => {
                    options.copies = number("--copies", args.next(), 1..=MOST_COPIES)? as usize;
                }
                b"--rounds" => {
                    options.rounds = number("--rounds", args.next(), 1..=MOST_ROUNDS)? as usize;
                }
                b"--svg" => options.svg = Some(args.next().ok_or("--svg needs a file")?),
                b"--report" => options.report = Some(args.next().ok_or("--report needs a file")?),
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

    /// What stands above the tables in a file of their own: how it was written.
    fn head(&self) -> String {
        let args = env::args_os().skip(1).map(|arg| short(&arg));
        let args: Vec<String> = args.collect();
        let command = "cargo run --release -p blink-examples --bin graphs --";
        let mut head = format!("{TITLE}\n\nWritten by `{command} {}`.\n\n", args.join(" "));
        head += &format!("{LEGEND}\n");
        if let Some(name) = self.svg.as_ref().and_then(|svg| Path::new(svg).file_name()) {
            head += &format!("![The ratios as bars]({})\n\n", name.display());
        }
        head
    }
}

/// An argument as others can read it: of a file that is somewhere on this machine, the name.
fn short(arg: &OsStr) -> String {
    let path = Path::new(arg);
    let name = path.file_name().filter(|_| path.is_absolute());
    name.unwrap_or(arg).display().to_string()
}

/// Measures all files, and says whether all could be read and was as it should be.
fn run(options: &Options) -> io::Result<bool> {
    let mut all = true;
    let mut reports = Vec::new();
    for file in &options.files {
        match measure(file, options) {
            Ok(report) => {
                writeln!(io::stdout(), "{report}")?;
                if !report.compared.is_good() {
                    let name = &report.name;
                    eprintln!("graphs: {name}: another copy, or one that took memory when warm");
                    all = false;
                }
                reports.push(report);
            }
            Err(problem) => {
                eprintln!("graphs: {problem}");
                all = false;
            }
        }
    }
    Ok(all & write(options, &reports))
}

fn measure(file: &OsStr, options: &Options) -> Result<Report, String> {
    let File { name, text } = File::read(file)?;
    let Options { copies, rounds, .. } = *options;
    let compared = Comparison::new(&text, copies, rounds);
    let compared = compared.map_err(|error| format!("{name}: {error}"))?;
    Ok(Report {
        name: short(name.as_ref()),
        bytes: text.len(),
        copies,
        compared,
    })
}

/// Writes the files that were asked for, and says whether they could be written.
fn write(options: &Options, reports: &[Report]) -> bool {
    if reports.is_empty() {
        return false;
    }
    let mut all = true;
    if let Some(path) = &options.svg {
        all &= write_file(path, &chart(reports).svg());
    }
    if let Some(path) = &options.report {
        let reports: Vec<String> = reports.iter().map(Report::to_string).collect();
        all &= write_file(path, &(options.head() + &reports.join("\n")));
    }
    all
}

fn write_file(path: &OsStr, text: &str) -> bool {
    let written = fs::write(path, text);
    if let Err(error) = &written {
        eprintln!("graphs: {}: cannot write: {error}", path.display());
    }
    written.is_ok()
}
