//! A position in a text.

use super::error::{Error, Kind};

/// The next byte of a text to be read.
///
/// Between two tokens it stands at the start of a character, since every token begins and
/// ends with an ASCII byte.
pub(super) struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The text from a position that was passed up to here.
    pub(super) fn since(&self, start: usize) -> &'t str {
        &self.text[start..self.at]
    }

    pub(super) fn rest(&self) -> &'t [u8] {
        &self.text.as_bytes()[self.at..]
    }

    #[inline]
    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next character.
    pub(super) fn character(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    /// Passes bytes that `peek` or `rest` have shown.
    #[inline]
    pub(super) fn pass(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// Passes a byte if it is the next one.
    #[inline]
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// Passes the four characters that JSON takes for white space.
    #[inline]
    pub(super) fn skip_whitespace(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    /// Passes digits, of which there may be none.
    #[inline]
    pub(super) fn skip_digits(&mut self) {
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
    }

    pub(super) fn error(&self, kind: Kind) -> Error {
        self.error_at(kind, self.at)
    }

    pub(super) fn error_at(&self, kind: Kind, at: usize) -> Error {
        Error::new(kind, self.text.as_bytes(), at)
    }

    /// The error that something else should be here.
    #[cold]
    pub(super) fn expected(&self, what: &'static str) -> Error {
        let found = self.character();
        self.error(Kind::Expected { what, found })
    }
}
