//! Threads that parse files into one arena.

use std::thread;

use blink_alloc::{
    BlinkAllocCache, BlinkAllocator, Frame, SendBlink, Sharing, SyncBlink, SyncBlinkAlloc,
};

use super::queue::{Parsed, Queue};
use crate::{
    base::Base,
    counting::Counting,
    files::File,
    json::{error::Error, statistics::Statistics},
};

/// The arena that all threads fill.
pub type Shared<'b> = SyncBlinkAlloc<&'b Base>;

/// A number of threads, which are new for each round, and the arenas of their parsers, which are
/// not.
#[derive(Debug)]
pub struct Team {
    threads: usize,
    /// A thread borrows one as long as it runs. So they stay warm when it ends.
    scratch: BlinkAllocCache,
}

/// What a round has found out.
#[derive(Debug)]
pub struct Round {
    /// About the document of each file, or why there is none.
    pub found: Vec<Result<Statistics, Error>>,
    /// Calls of the system's allocator by the threads while they were parsing.
    pub calls: usize,
}

impl Team {
    /// A team of so many threads.
    pub fn new(threads: usize) -> Self {
        Self {
            threads,
            scratch: BlinkAllocCache::new(),
        }
    }

    /// Parses the files. Every thread has an arena of its own, which takes its memory from the
    /// shared one, in larger pieces.
    pub fn parse_locally(&self, shared: &Shared<'_>, files: &[File]) -> Round {
        // Only lent to the threads: the documents are used when those have ended.
        let mut locals: Vec<_> = (0..self.threads)
            .map(|_| SendBlink::new_in(shared.local()))
            .collect();
        let queue = Queue::new(files);
        let calls = thread::scope(|scope| {
            let queue = &queue;
            let start = |documents| scope.spawn(move || self.work(queue, &documents));
            let frames = locals.iter_mut().map(|local| local.as_frame());
            Counting::calls_of(frames.map(start).collect())
        });
        Round::new(queue, calls)
    }

    /// Parses the files. All threads put every value into one frame of the shared arena.
    pub fn parse_directly(&self, shared: &mut Shared<'_>, files: &[File]) -> Round {
        let mut blink = SyncBlink::new_in(shared);
        let documents = &blink.as_frame();
        let queue = Queue::new(files);
        let calls = thread::scope(|scope| {
            let start = |_| scope.spawn(|| self.work(&queue, documents));
            Counting::calls_of((0..self.threads).map(start).collect())
        });
        Round::new(queue, calls)
    }

    /// What a thread does. Says how often it has called the system's allocator.
    fn work<'a, A: BlinkAllocator, M: Sharing>(
        &self,
        queue: &Queue<'_, 'a>,
        documents: &Frame<'a, A, M>,
    ) -> usize {
        Counting::calls_during(|| {
            let mut scratch = self.scratch.get_blink();
            queue.work(documents, &mut scratch.as_frame());
        })
    }
}

impl Round {
    /// Uses the documents.
    fn new(queue: Queue<'_, '_>, calls: usize) -> Self {
        let statistics = |parsed: Parsed<'_>| parsed.map(Statistics::of);
        Self {
            found: queue.into_parsed().map(statistics).collect(),
            calls,
        }
    }
}
