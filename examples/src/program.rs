//! How the programs read the numbers of their options, and how they end.

use std::{ffi::OsString, io, ops::RangeInclusive, process::ExitCode};

/// The number of an option.
///
/// # Errors
///
/// When there is none, or none of the range.
pub fn number(
    option: &str,
    arg: Option<OsString>,
    range: RangeInclusive<u64>,
) -> Result<u64, String> {
    let arg = arg.ok_or_else(|| format!("{option} needs a number"))?;
    let number = arg.to_str().and_then(|text| text.parse().ok());
    let (least, most) = (range.start(), range.end());
    match number {
        Some(number) if range.contains(&number) => Ok(number),
        _ if *least == 0 => Err(format!(
            "{option}: {} is no number up to {most}",
            arg.display()
        )),
        _ => Err(format!(
            "{option}: {} is no number from {least} to {most}",
            arg.display()
        )),
    }
}

/// The exit code of a program that has said whether all was well, or could not write it.
pub fn exit_code(program: &str, done: io::Result<bool>) -> ExitCode {
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        // Whoever read the output has seen enough, as `head` does.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{program}: cannot write: {error}");
            ExitCode::FAILURE
        }
    }
}
