//! What the arguments ask for.

use std::{
    ffi::OsString,
    io::{self, IsTerminal},
};

use blink_alloc::Frame;
use blink_examples::{files::CORPUS, json::path::Path};

pub(crate) const HELP: &str = "\
Parses JSON documents into an arena and says what they consist of.

usage: json [OPTIONS] [FILE...]

    --get PATH  print the value at PATH, like a.b[0].c or [\"a name with . or [\"]
    --lines     every line of a file is a document: describe all, or --get from each
    --compare   do the same with serde_json on the system's allocator, and compare
    --quiet     no progress bar (there is one for long files with --lines on a terminal)
    --help      print this
    --          end of the options

Without files it reads the two documents that come with it, with --lines standard input.
The file - is standard input.

What is wrong with a file or a line is printed with its place, and the next one is read. The
exit code is 0 when all was well, 1 when a document was bad, could not be read or had no value
at PATH, and 2 for arguments that make no sense.
";

/// What to do with each document.
pub(crate) enum Job<'a> {
    Describe,
    Get(Path<'a>),
    Compare,
}

/// What the arguments ask for.
#[derive(Default)]
pub(crate) struct Options {
    pub(crate) help: bool,
    pub(crate) lines: bool,
    pub(crate) files: Vec<OsString>,
    quiet: bool,
    get: Option<String>,
    compare: bool,
}

impl Options {
    pub(crate) fn parse(mut args: impl Iterator<Item = OsString>) -> Result<Self, String> {
        let mut options = Self::default();
        while let Some(arg) = args.next() {
            match arg.as_encoded_bytes() {
                b"--help" | b"-h" => options.help = true,
                b"--lines" => options.lines = true,
                b"--compare" => options.compare = true,
                b"--quiet" => options.quiet = true,
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
            options.files = if options.lines {
                vec![OsString::from("-")]
            } else {
                CORPUS.map(OsString::from).to_vec()
            };
        }
        Ok(options)
    }

    /// The names of a path are put into the frame.
    pub(crate) fn job<'a>(&'a self, blink: &mut Frame<'a>) -> Result<Job<'a>, String> {
        match &self.get {
            Some(_) if self.compare => Err("--get and --compare do not go together".to_owned()),
            _ if self.lines && self.compare => {
                Err("--lines and --compare do not go together".to_owned())
            }
            Some(path) => match Path::parse(path, blink) {
                Ok(path) => Ok(Job::Get(path)),
                Err(error) => Err(format!("--get: {error}")),
            },
            None if self.compare => Ok(Job::Compare),
            None => Ok(Job::Describe),
        }
    }

    /// Whether somebody looks at standard error, and no values are printed in between.
    pub(crate) fn progress(&self) -> bool {
        let values = self.get.is_some() && io::stdout().is_terminal();
        !self.quiet && !values && io::stderr().is_terminal()
    }
}
