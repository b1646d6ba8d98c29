//! Every way to put values into an adaptor or a frame, as one table.
//!
//! A way makes values with ids that follow each other. Those that run code of the user call a
//! hook at each step of it: a call of a closure, a `next`, a clone.
//!
//! The rows are in `table`, what the user's code does in `make`.

mod make;
mod table;

use std::{ptr, slice};

use self::make::Error;
pub use self::{
    make::Make,
    table::{frame_ways, ways},
};
use crate::drops::{Counted, NO_ID};

/// Numbers of items that ways are tried with; arrays have one of these lengths.
pub const COUNTS: [usize; 5] = [0, 1, 2, 5, 33];

/// How a way ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// All values were put.
    Done,
    /// The user's code returned an error.
    Failed,
    /// Memory could not be had.
    Refused,
}

/// What became of the values.
pub struct Outcome<'a, T> {
    /// How it ended.
    pub end: End,
    /// Those in the arena.
    put: &'a [T],
    /// Those that came back, which follow the others.
    back: Vec<T>,
    drops: bool,
}

impl<'a, T: Counted> Outcome<'a, T> {
    fn new(end: End, put: &'a [T], back: Vec<T>) -> Self {
        Self {
            end,
            put,
            back,
            drops: true,
        }
    }

    fn one(put: &'a T) -> Self {
        Self::done(slice::from_ref(put))
    }

    fn done(put: &'a [T]) -> Self {
        Self::new(End::Done, put, Vec::new())
    }

    fn refused(back: Vec<T>) -> Self {
        Self::new(End::Refused, &[], back)
    }

    fn rest((put, back): (&'a [T], Option<T>)) -> Self {
        assert!(back.is_some(), "the item that had no room is lost");
        Self::new(End::Refused, put, back.into_iter().collect())
    }

    fn failed(error: Error<T>) -> Self {
        assert_eq!(error.1, [7; 40], "a damaged error");
        Self::new(End::Failed, &[], error.0.into_iter().collect())
    }

    /// The values in the arena.
    #[must_use]
    pub fn put(&self) -> &'a [T] {
        self.put
    }

    /// Panics unless the values have the ids from `from` on, and there are `count` of them if
    /// all were put.
    #[track_caller]
    pub fn check(&self, from: u32, count: usize) {
        assert!(self.end != End::Done || self.put.len() == count);
        assert_ids(self.put, from);
        assert_ids(&self.back, from + self.put.len() as u32);
    }

    /// Those in the arena, and those that came back. Where the arena does not drop them, that is
    /// up to the caller.
    #[must_use]
    pub fn into_parts(self) -> (&'a [T], Vec<T>) {
        (self.put, self.back)
    }

    /// The values that the arena does not drop: they have come back, or were put without a
    /// destructor.
    #[must_use]
    pub fn into_owned(self) -> Vec<T> {
        let mut owned = self.back;
        if !self.drops {
            // SAFETY: initialized, dropped by nobody else, and this is the last reference.
            owned.extend(self.put.iter().map(|value| unsafe { ptr::read(value) }));
        }
        owned
    }
}

/// Panics unless these are the values with the ids from `from` on.
#[track_caller]
pub fn assert_ids<T: Counted>(values: &[T], from: u32) {
    for (value, id) in values.iter().zip(from..) {
        assert_eq!(value.id(), if T::HAS_ID { id } else { NO_ID });
    }
}

type Run<T, B> = for<'a> fn(&'a mut B, &Make, usize) -> Outcome<'a, T>;

/// A way to put values into a `B`.
pub struct Way<T: 'static, B> {
    /// The method.
    pub name: &'static str,
    /// Whether the arena drops the values.
    pub drops: bool,
    /// Whether it puts one value, not a slice.
    pub single: bool,
    run: Run<T, B>,
}

impl<T: Counted, B> Way<T, B> {
    /// Puts `count` values.
    pub fn run<'a>(&self, blink: &'a mut B, make: &Make, count: usize) -> Outcome<'a, T> {
        let outcome = (self.run)(blink, make, count);
        Outcome {
            drops: self.drops,
            ..outcome
        }
    }

    /// Numbers of values to try.
    #[must_use]
    pub fn counts(&self) -> &'static [usize] {
        if self.single { &[1] } else { &COUNTS }
    }

    /// Whether it returns where memory cannot be had.
    #[must_use]
    pub fn tries(&self) -> bool {
        self.name.contains("try_")
    }
}
