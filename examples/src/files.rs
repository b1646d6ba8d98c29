//! Files that programs are given, and those that they read without any.

use std::{
    env,
    ffi::OsStr,
    fs,
    io::{self, Read},
    path::Path,
};

use blink_alloc::Frame;

use crate::json::{
    error::Error,
    parse::{DEPTH, parse},
    value::Value,
};

/// The documents that are read where no file is named.
pub const CORPUS: [&str; 2] = [
    concat!(env!("CARGO_MANIFEST_DIR"), "/data/github_events.json"),
    concat!(env!("CARGO_MANIFEST_DIR"), "/data/citm_catalog.json"),
];

/// A file that was read.
#[derive(Debug)]
pub struct File {
    /// What it is called, see [`name`].
    pub name: String,
    /// What is in it.
    pub text: Vec<u8>,
}

impl File {
    /// Reads a file. `-` is standard input.
    ///
    /// # Errors
    ///
    /// When it cannot be read, what to say of it.
    pub fn read(path: &OsStr) -> Result<Self, String> {
        let mut text = Vec::new();
        let read = if path == "-" {
            io::stdin().read_to_end(&mut text).map(drop)
        } else {
            fs::read(path).map(|read| text = read)
        };
        let name = name(path.as_ref());
        match read {
            Ok(()) => Ok(Self { name, text }),
            Err(error) => Err(format!("{name}: cannot read: {error}")),
        }
    }

    /// Parses it, as [`parse`] does.
    ///
    /// # Errors
    ///
    /// When there is more or less than one document in it.
    pub fn parse<'a>(
        &self,
        blink: &Frame<'a>,
        scratch: &mut Frame<'_>,
    ) -> Result<Value<'a>, Error> {
        parse(scratch, blink, &self.text, DEPTH)
    }
}

/// What a file is called: from the current directory if it is in it.
pub fn name(path: &Path) -> String {
    let here = env::current_dir().unwrap_or_default();
    let short = path.strip_prefix(here).unwrap_or(path);
    short.display().to_string()
}
