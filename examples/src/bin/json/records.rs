//! Files of a document a line.

use std::{
    ffi::OsStr,
    fs::File,
    io::{self, BufRead, BufReader, Write},
    path::Path,
};

use blink_alloc::{Frame, blink_frame};
use blink_examples::{
    counting::{Counting, Taken},
    files::name,
    json::{
        lines::{Line, Lines},
        statistics::Statistics,
    },
};

use crate::{Job, Problem, Shared, progress::Progress};

/// Bytes that are read at once.
const BUFFER: usize = 1 << 16;

/// Does the job for every line of a file, and says whether all of them were good.
#[blink_frame]
pub(crate) fn process(
    shared: &mut Shared,
    job: &Job<'_>,
    path: &OsStr,
    progress: bool,
    out: &mut impl Write,
) -> Result<bool, Problem> {
    let name = name(path.as_ref());
    let mut reader = Reader {
        name: &name,
        job,
        scratch: shared.scratch.as_frame(),
        out,
        found: Found::default(),
    };
    let mut done = Ok(());
    let taken = Counting::taken_by(|| done = reader.read(blink, path.as_ref(), progress));
    done?;
    let found = reader.found;
    if let Job::Describe = job {
        found.show(&name, taken, out)?;
    }
    Ok(found.bad == 0)
}

/// Reads one file.
struct Reader<'r, W> {
    name: &'r str,
    job: &'r Job<'r>,
    scratch: Frame<'r>,
    out: &'r mut W,
    found: Found,
}

/// What was found in a file so far.
#[derive(Default)]
struct Found {
    bytes: u64,
    /// Lines that are not blank.
    records: u64,
    bad: u64,
    statistics: Statistics,
    /// The line during which the system's allocator was last called.
    last_call: usize,
}

impl<W: Write> Reader<'_, W> {
    fn read(&mut self, blink: &mut Frame<'_>, path: &Path, progress: bool) -> Result<(), Problem> {
        let name = self.name;
        let cannot_read = |error| Problem::Input(format!("{name}: cannot read: {error}"));
        let (input, size) = open(path).map_err(cannot_read)?;
        let mut progress = Progress::new(size, progress);
        let mut lines = Lines::new(input);
        let mut calls = Counting::calls();
        while let Some(line) = lines.read().map_err(cannot_read)? {
            self.found.records += 1;
            match self.record(blink, line) {
                Err(Problem::Input(problem)) => self.report(&problem, &progress)?,
                other => other?,
            }
            if Counting::calls() != calls {
                self.found.last_call = line.number;
            }
            progress.set(lines.bytes(), self.found.records);
            calls = Counting::calls();
        }
        self.found.bytes = lines.bytes();
        Ok(())
    }

    /// Does the job for a line. The document is in the frame of this function, and gone before
    /// the next line is read.
    #[blink_frame]
    fn record(&mut self, line: Line<'_>) -> Result<(), Problem> {
        let name = self.name;
        let document = line
            .parse(blink, &mut self.scratch)
            .map_err(|error| Problem::Input(format!("{name}:{error}")))?;
        self.found.statistics.add(document);
        let Job::Get(path) = self.job else {
            return Ok(());
        };
        let value = path
            .find(document)
            .map_err(|error| Problem::Input(format!("{name}:{}: {error}", line.number)))?;
        Ok(writeln!(self.out, "{value}")?)
    }

    /// Prints what is wrong with a line, after what was printed about the lines before.
    fn report(&mut self, problem: &str, progress: &Progress) -> io::Result<()> {
        self.found.bad += 1;
        self.out.flush()?;
        progress.suspend(|| eprintln!("json: {problem}"));
        Ok(())
    }
}

/// An input, and how many bytes it has. Of a pipe nobody knows.
fn open(path: &Path) -> io::Result<(Box<dyn BufRead>, Option<u64>)> {
    if path == Path::new("-") {
        return Ok((Box::new(io::stdin().lock()), None));
    }
    let file = File::open(path)?;
    let about = file.metadata()?;
    let size = about.is_file().then_some(about.len());
    Ok((Box::new(BufReader::with_capacity(BUFFER, file)), size))
}

impl Found {
    fn show(&self, name: &str, taken: Taken, out: &mut impl Write) -> io::Result<()> {
        let Self {
            bytes,
            records,
            bad,
            statistics,
            last_call,
        } = self;
        let Taken { calls, peak } = taken;
        writeln!(
            out,
            "{name}, {bytes} bytes, {records} records, {bad} of them bad"
        )?;
        writeln!(out, "{statistics}")?;
        writeln!(out, "Taken from the system meanwhile: {peak} bytes at most")?;
        write!(out, "Calls of the system's allocator: {calls}")?;
        if *records > 0 {
            write!(out, ", the last one in line {last_call}")?;
        }
        writeln!(out, "\n")
    }
}
