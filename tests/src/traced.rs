//! Values for several threads that say when they are dropped, and panic when told to.
//!
//! (Those for a single thread, of all sizes, are in [`drops`](crate::drops).)

use std::{
    mem,
    sync::{Arc, Mutex},
    thread,
};

use crate::drops::panic_as_planned;

/// Clones have numbers above this.
const CLONED: u32 = 1 << 24;

/// Where values note that they are dropped. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Log(Arc<Mutex<Entries>>);

#[derive(Debug, Default)]
struct Entries {
    made: usize,
    /// Which thread had made a value, and as which of its own.
    dropped: Vec<(u32, u32)>,
    cloned: u32,
    /// Drops until one panics.
    drops: Fuse,
    /// Steps until one panics.
    steps: Fuse,
}

#[derive(Debug, Default)]
struct Fuse(Option<usize>);

impl Fuse {
    /// Whether it is this time.
    fn burns(&mut self) -> bool {
        let due = self.0 == Some(0);
        self.0 = self.0.and_then(|after| after.checked_sub(1));
        due
    }
}

/// A value that notes when it is dropped, and notices damage.
#[derive(Debug)]
pub struct Traced {
    /// Which thread has made it, as the test counts them.
    pub thread: u32,
    /// As which of its values.
    pub number: u32,
    /// A block of the heap, which a leak checker would miss.
    check: Box<(u32, u32)>,
    log: Log,
}

impl Log {
    /// A new value.
    #[must_use]
    pub fn value(&self, thread: u32, number: u32) -> Traced {
        self.0.lock().unwrap().made += 1;
        Traced {
            thread,
            number,
            check: Box::new((thread, number)),
            log: self.clone(),
        }
    }

    /// Values dropped so far, in this order; forgets them.
    #[must_use]
    pub fn take(&self) -> Vec<(u32, u32)> {
        let mut entries = self.0.lock().unwrap();
        entries.made -= entries.dropped.len();
        mem::take(&mut entries.dropped)
    }

    /// Values that were made and are not dropped.
    #[must_use]
    pub fn alive(&self) -> usize {
        let entries = self.0.lock().unwrap();
        entries.made - entries.dropped.len()
    }

    /// After `after` more drops one panics, once, in the way that
    /// [`planned`](crate::drops::planned) expects.
    pub fn panic_after(&self, after: usize) {
        self.0.lock().unwrap().drops = Fuse(Some(after));
    }

    /// After `after` more [`steps`](Self::step) one panics, as above.
    pub fn panic_after_steps(&self, after: usize) {
        self.0.lock().unwrap().steps = Fuse(Some(after));
    }

    /// A step of the user's code: for closures and iterators to call. A clone is one, too.
    pub fn step(&self) {
        let panics = self.0.lock().unwrap().steps.burns();
        if panics {
            panic_as_planned();
        }
    }

    /// No drop and no step panics any more.
    pub fn obey(&self) {
        let mut entries = self.0.lock().unwrap();
        entries.drops = Fuse(None);
        entries.steps = Fuse(None);
    }

    /// Panics unless every value that was made was dropped once; forgets them. No two may have
    /// the same thread and number.
    #[track_caller]
    pub fn assert_all_dropped(&self) {
        assert_eq!(self.alive(), 0, "values are left");
        let mut dropped = self.take();
        dropped.sort_unstable();
        let twice = dropped.windows(2).find(|pair| pair[0] == pair[1]);
        assert_eq!(twice, None, "a value was dropped twice");
    }
}

impl Traced {
    /// Panics if the value is damaged.
    pub fn check(&self) {
        assert_eq!(*self.check, (self.thread, self.number), "a damaged value");
    }
}

impl Drop for Traced {
    fn drop(&mut self) {
        self.check();
        let panics = {
            let mut entries = self.log.0.lock().unwrap();
            entries.dropped.push((self.thread, self.number));
            entries.drops.burns()
        };
        if panics {
            panic_as_planned();
        }
    }
}

impl Clone for Traced {
    /// One of its thread, with a number that no other clone has.
    fn clone(&self) -> Self {
        self.log.step();
        let number = {
            let mut entries = self.log.0.lock().unwrap();
            entries.cloned += 1;
            CLONED + entries.cloned
        };
        self.log.value(self.thread, number)
    }
}

/// Calls a function with the number of its thread, in `count` threads, at once.
pub fn in_threads(count: u32, f: impl Fn(u32) + Sync) {
    thread::scope(|scope| {
        for thread in 0..count {
            let f = &f;
            scope.spawn(move || f(thread));
        }
    });
}
