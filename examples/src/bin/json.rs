//! Parses JSON documents into an arena, one reset a file, and says what they consist of.
//!
//! ```text
//! cargo run --release -p blink-examples --bin json [OPTIONS] [FILE...]
//! ```
//!
//! The job itself is [`parse`](blink_examples::json::parse). Without files it reads two
//! documents of `data`.

use std::{
    env,
    ffi::{OsStr, OsString},
    fs,
    io::{self, BufWriter, Read, Write},
    process::ExitCode,
};

use blink_alloc::Blink;
use blink_examples::{
    counting::Counting,
    json::{
        arenas::Arenas, compare::compare, equal::equal, error::Error, path::Path,
        statistics::Statistics, value::Value,
    },
};

#[global_allocator]
static GLOBAL: Counting = Counting;

const CORPUS: [&str; 2] = [
    concat!(env!("CARGO_MANIFEST_DIR"), "/data/github_events.json"),
    concat!(env!("CARGO_MANIFEST_DIR"), "/data/citm_catalog.json"),
];
const HELP: &str = "\
Parses JSON documents into an arena and says what they consist of.

usage: json [OPTIONS] [FILE...]

    --get PATH  print the value at PATH, like a.b[0].c or [\"a name with . or [\"]
    --compare   do the same with serde_json on the system's allocator, and compare
    --help      print this
    --          end of the options

Without files it reads the two documents that come with it. The file - is standard input.
";

/// What to do with each file.
enum Job<'a> {
    Describe,
    Get(Path<'a>),
    Compare,
}

/// What the arguments ask for.
#[derive(Default)]
struct Options {
    help: bool,
    get: Option<String>,
    compare: bool,
    files: Vec<OsString>,
}

fn main() -> ExitCode {
    let blink = Blink::new();
    let options = match Options::parse(env::args_os().skip(1)) {
        Ok(options) => options,
        Err(problem) => return usage(&problem),
    };
    if options.help {
        return code(print(HELP));
    }
    let job = match options.job(&blink) {
        Ok(job) => job,
        Err(problem) => return usage(&problem),
    };
    code(run(&job, &options.files))
}

fn usage(problem: &str) -> ExitCode {
    eprintln!("json: {problem}\n\n{HELP}");
    ExitCode::from(2)
}

fn code(result: io::Result<bool>) -> ExitCode {
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        // Whoever read the output has seen enough, as `head` does.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("json: cannot write: {error}");
            ExitCode::FAILURE
        }
    }
}

fn print(text: &str) -> io::Result<bool> {
    io::stdout().write_all(text.as_bytes())?;
    Ok(true)
}

impl Options {
    fn parse(mut args: impl Iterator<Item = OsString>) -> Result<Self, String> {
        let mut options = Self::default();
        while let Some(arg) = args.next() {
            match arg.as_encoded_bytes() {
                b"--help" | b"-h" => options.help = true,
                b"--compare" => options.compare = true,
                b"--get" => {
                    let path = args.next().ok_or("--get needs a path")?;
                    let path = path.into_string();
                    options.get = Some(path.map_err(|_| "--get: the path is not UTF-8")?);
                }
                b"--" => options.files.extend(&mut args),
                [b'-', _, ..] => return Err(format!("no option {}", arg.display())),
                _ => options.files.push(arg),
            }
        }
        if options.files.is_empty() {
            options.files.extend(CORPUS.map(OsString::from));
        }
        Ok(options)
    }

    fn job<'a>(&'a self, blink: &'a Blink) -> Result<Job<'a>, String> {
        match &self.get {
            Some(_) if self.compare => Err("--get and --compare do not go together".to_owned()),
            Some(path) => match Path::parse(path, blink) {
                Ok(path) => Ok(Job::Get(path)),
                Err(error) => Err(format!("--get: {error}")),
            },
            None if self.compare => Ok(Job::Compare),
            None => Ok(Job::Describe),
        }
    }
}

/// Why a file is not done.
enum Problem {
    /// Something is wrong with the file; the others are done still.
    File(String),
    Output(io::Error),
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// Does the job for every file, and says whether all had a document to do it with.
fn run(job: &Job<'_>, files: &[OsString]) -> io::Result<bool> {
    // The arenas are for all files. They grow to what the largest of them needs.
    let mut arenas = Arenas::new();
    let mut out = BufWriter::new(io::stdout().lock());
    let mut all = true;
    for file in files {
        let done = process(job, file, &mut arenas, &mut out);
        // Frees the document. With a value of it still in a variable this would not compile.
        arenas.reset();
        match done {
            Ok(()) => {}
            Err(Problem::Output(error)) => return Err(error),
            Err(Problem::File(problem)) => {
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

fn process(
    job: &Job<'_>,
    file: &OsStr,
    arenas: &mut Arenas,
    out: &mut impl Write,
) -> Result<(), Problem> {
    let file = File::read(file)?;
    match job {
        Job::Describe => describe(&file, arenas, out),
        Job::Get(path) => get(path, &file, arenas, out),
        Job::Compare => show_comparison(&file, arenas, out),
    }
}

struct File {
    name: String,
    text: Vec<u8>,
}

impl File {
    fn read(path: &OsStr) -> Result<Self, Problem> {
        let mut text = Vec::new();
        let read = if path == "-" {
            io::stdin().read_to_end(&mut text).map(drop)
        } else {
            fs::read(path).map(|read| text = read)
        };
        let name = name(path.as_ref());
        match read {
            Ok(()) => Ok(Self { name, text }),
            Err(error) => Err(Problem::File(format!("{name}: cannot read: {error}"))),
        }
    }

    fn parse<'a>(&self, arenas: &'a Arenas) -> Result<Value<'a>, Problem> {
        arenas.parse(&self.text).map_err(|error| self.bad(error))
    }

    fn bad(&self, error: Error) -> Problem {
        Problem::File(format!("{}:{error}", self.name))
    }

    fn write_head(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{}, {} bytes", self.name, self.text.len())
    }
}

/// What a file is called: from the current directory if it is in it.
fn name(path: &std::path::Path) -> String {
    let here = env::current_dir().unwrap_or_default();
    let short = path.strip_prefix(here).unwrap_or(path);
    short.display().to_string()
}

/// Prints the value at a path.
fn get(path: &Path<'_>, file: &File, arenas: &Arenas, out: &mut impl Write) -> Result<(), Problem> {
    let found = path.find(file.parse(arenas)?);
    let value = found.map_err(|error| Problem::File(format!("{}: {error}", file.name)))?;
    Ok(writeln!(out, "{value}")?)
}

/// Prints what the same job takes with `serde_json`, if that reads the same.
fn show_comparison(file: &File, arenas: &Arenas, out: &mut impl Write) -> Result<(), Problem> {
    let document = file.parse(arenas)?;
    file.write_head(out)?;
    check(document, &file.text)
        .map_err(|problem| Problem::File(format!("{}: {problem}", file.name)))?;
    writeln!(
        out,
        "Both documents are equal, value by value; floats may differ by how they are rounded."
    )?;
    Ok(writeln!(out, "{}\n", compare(&file.text))?)
}

/// Prints what a document consists of, and what it takes to have it.
fn describe(file: &File, arenas: &mut Arenas, out: &mut impl Write) -> Result<(), Problem> {
    let [first, second, third] = calls(&file.text, arenas).map_err(|error| file.bad(error))?;
    let document = file.parse(arenas)?;
    file.write_head(out)?;
    writeln!(out, "{}", Statistics::of(document))?;
    writeln!(out, "The document in its arena: {}", arenas.documents())?;
    writeln!(out, "What the parser took meanwhile: {}", arenas.scratch())?;
    Ok(writeln!(
        out,
        "Calls of the system's allocator: {first} for the first parse, then {second}, then {third}\n"
    )?)
}

/// The calls of the system's allocator that it takes to parse a text and to free the document,
/// three times in a row.
fn calls(text: &[u8], arenas: &mut Arenas) -> Result<[usize; 3], Error> {
    let mut calls = [0; 3];
    for calls in &mut calls {
        let mut parsed = Ok(());
        *calls = Counting::calls_during(|| {
            parsed = arenas.parse(text).map(drop);
            arenas.reset();
        });
        parsed?;
    }
    Ok(calls)
}

/// Checks that `serde_json` reads the same from a text.
fn check(document: Value<'_>, text: &[u8]) -> Result<(), String> {
    match serde_json::from_slice(text) {
        Ok(owned) if equal(document, &owned) => Ok(()),
        Ok(_) => Err("serde_json reads other values".to_owned()),
        Err(error) => Err(format!("serde_json does not read it: {error}")),
    }
}
