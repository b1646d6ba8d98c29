//! Files that wait to be parsed, and what came of them.

use std::sync::{
    OnceLock,
    atomic::{AtomicUsize, Ordering},
};

use blink_alloc::{BlinkAllocator, Frame, Sharing};

use crate::{
    files::File,
    json::{
        error::Error,
        parse::{DEPTH, parse},
        value::Value,
    },
};

/// A document, in an arena that lives for `'a`.
pub(super) type Parsed<'a> = Result<Value<'a>, Error>;

/// Files of which every thread takes the next one.
pub(super) struct Queue<'q, 'a> {
    files: &'q [File],
    /// The first file that nobody has taken.
    next: AtomicUsize,
    /// A place for each file.
    parsed: Vec<OnceLock<Parsed<'a>>>,
}

impl<'q, 'a> Queue<'q, 'a> {
    pub(super) fn new(files: &'q [File]) -> Self {
        Self {
            files,
            next: AtomicUsize::new(0),
            parsed: files.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// Parses files until none is left. What the arena is, and who else fills it, is all the
    /// same.
    pub(super) fn work<A: BlinkAllocator, M: Sharing>(
        &self,
        documents: &Frame<'a, A, M>,
        scratch: &mut Frame<'_>,
    ) {
        while let Some(index) = self.take() {
            let parsed = parse(scratch, documents, &self.files[index].text, DEPTH);
            let is_first = self.parsed[index].set(parsed).is_ok();
            assert!(is_first, "every file is taken once");
        }
    }

    fn take(&self) -> Option<usize> {
        let index = self.next.fetch_add(1, Ordering::Relaxed);
        (index < self.files.len()).then_some(index)
    }

    /// What came of the files, in their order.
    pub(super) fn into_parsed(self) -> impl Iterator<Item = Parsed<'a>> {
        let parsed = self.parsed.into_iter().map(OnceLock::into_inner);
        parsed.map(|parsed| parsed.expect("the threads have parsed all files"))
    }
}
