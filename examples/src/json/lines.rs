//! Newline-delimited JSON: a document a line, each read when the one before is done with.
//!
//! Lines end with `\n` or `\r\n`, the last one need not. Lines of nothing but white space have no
//! document and are passed over.

use std::io::{self, BufRead};

use blink_alloc::Frame;

use super::{
    error::Error,
    parse::{DEPTH, parse},
    value::Value,
};

/// The lines of an input. Only one is in memory, so the longest one decides how much that is.
#[derive(Debug)]
pub struct Lines<R> {
    input: R,
    /// The line that was read last. The next one takes its place.
    text: Vec<u8>,
    number: usize,
    bytes: u64,
}

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
pub struct Line<'l> {
    /// Its number, from 1 on. Blank lines count.
    pub number: usize,
    /// What is in it, without its end.
    pub text: &'l [u8],
}

impl<R: BufRead> Lines<R> {
    /// The lines of an input, of which none is read yet.
    pub fn new(input: R) -> Self {
        Self {
            input,
            text: Vec::new(),
            number: 0,
            bytes: 0,
        }
    }

    /// Reads up to the end of the next line that is not blank. `None` at the end of the input.
    ///
    /// # Errors
    ///
    /// When the input cannot be read.
    pub fn read(&mut self) -> io::Result<Option<Line<'_>>> {
        loop {
            self.text.clear();
            let read = self.input.read_until(b'\n', &mut self.text)?;
            if read == 0 {
                return Ok(None);
            }
            self.number += 1;
            self.bytes += read as u64;
            if !self.text.iter().all(is_white_space) {
                break;
            }
        }
        Ok(Some(Line {
            number: self.number,
            text: without_end(&self.text),
        }))
    }

    /// Bytes that have been read.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }
}

/// A line without the line end, so that no error is on the line behind.
fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// What JSON takes for white space.
fn is_white_space(byte: &u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

impl Line<'_> {
    /// Parses the line, as [`parse`] does.
    ///
    /// # Errors
    ///
    /// When there is more or less than one document in the line. The error has its number.
    pub fn parse<'a>(
        &self,
        blink: &Frame<'a>,
        scratch: &mut Frame<'_>,
    ) -> Result<Value<'a>, Error> {
        parse(scratch, blink, self.text, DEPTH).map_err(|error| Error {
            line: self.number,
            ..error
        })
    }
}
