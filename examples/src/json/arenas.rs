//! The arenas that a program needs to read many documents.

use blink_alloc::{Blink, Stats};

use super::{
    error::Error,
    parse::{DEPTH, parse},
    value::Value,
};

/// An arena for documents, and one for what the parser forgets when it has made them.
///
/// Two, because what is in an arena stays there until its frame ends: in one arena the stacks
/// of the parser would lie between the values.
#[derive(Debug, Default)]
pub struct Arenas {
    documents: Blink,
    scratch: Blink,
}

impl Arenas {
    /// Empty arenas, which allocate nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Parses a text. The document is there until [`reset`](Self::reset).
    ///
    /// # Errors
    ///
    /// As [`parse`].
    pub fn parse(&mut self, text: &[u8]) -> Result<Value<'_>, Error> {
        let (scratch, documents) = (&mut self.scratch.as_frame(), &self.documents.as_frame());
        parse(scratch, documents, text, DEPTH)
    }

    /// Frees all documents at once.
    pub fn reset(&mut self) {
        self.documents.reset();
        self.scratch.reset();
    }

    /// What the documents take.
    pub fn documents(&self) -> Stats {
        self.documents.allocator().stats()
    }

    /// What the parser has taken and given back.
    pub fn scratch(&self) -> Stats {
        self.scratch.allocator().stats()
    }
}
