//! Files of one document.

use std::{
    ffi::OsStr,
    io::{self, Write},
};

use blink_alloc::blink_frame;
use blink_examples::{
    files::File,
    json::{
        compare::compare, cost::Cost, equal::equal, error::Error, path::Path,
        statistics::Statistics, value::Value,
    },
};

use crate::{Job, Problem, Shared};

/// Does the job for a file. The document is in the frame of this function.
#[blink_frame]
pub(crate) fn process(
    shared: &mut Shared,
    job: &Job<'_>,
    file: &OsStr,
    out: &mut impl Write,
) -> Result<(), Problem> {
    let file = File::read(file).map_err(Problem::Input)?;
    let scratch = &mut shared.scratch.as_frame();
    let document = file
        .parse(blink, scratch)
        .map_err(|error| bad(&file, error))?;
    match job {
        Job::Describe => describe(document, &file, shared, out),
        Job::Get(path) => get(path, document, &file, out),
        Job::Compare => show_comparison(document, &file, out),
    }
}

fn bad(file: &File, error: Error) -> Problem {
    Problem::Input(format!("{}:{error}", file.name))
}

fn write_head(file: &File, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}, {} bytes", file.name, file.text.len())
}

/// Prints what a document consists of, and what it takes to have it.
fn describe(
    document: Value<'_>,
    file: &File,
    shared: &mut Shared,
    out: &mut impl Write,
) -> Result<(), Problem> {
    let cost = Cost::of(&file.text, &mut shared.measured).map_err(|error| bad(file, error))?;
    write_head(file, out)?;
    Ok(writeln!(out, "{}\n{cost}\n", Statistics::of(document))?)
}

/// Prints the value at a path.
fn get(
    path: &Path<'_>,
    document: Value<'_>,
    file: &File,
    out: &mut impl Write,
) -> Result<(), Problem> {
    let found = path.find(document);
    let value = found.map_err(|error| Problem::Input(format!("{}: {error}", file.name)))?;
    Ok(writeln!(out, "{value}")?)
}

/// Prints what the same job takes with `serde_json`, if that reads the same.
fn show_comparison(document: Value<'_>, file: &File, out: &mut impl Write) -> Result<(), Problem> {
    write_head(file, out)?;
    check(document, &file.text)
        .map_err(|problem| Problem::Input(format!("{}: {problem}", file.name)))?;
    writeln!(
        out,
        "Both documents are equal, value by value; floats may differ by how they are rounded."
    )?;
    Ok(writeln!(out, "{}\n", compare(&file.text))?)
}

/// Checks that `serde_json` reads the same from a text.
fn check(document: Value<'_>, text: &[u8]) -> Result<(), String> {
    match serde_json::from_slice(text) {
        Ok(owned) if equal(document, &owned) => Ok(()),
        Ok(_) => Err("serde_json reads other values".to_owned()),
        Err(error) => Err(format!("serde_json does not read it: {error}")),
    }
}
