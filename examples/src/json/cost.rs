//! What it takes to parse a text: memory, and calls of the system's allocator.

use std::fmt;

use blink_alloc::Stats;

use super::{arenas::Arenas, error::Error};
use crate::counting::Counting;

/// What a parse takes.
#[derive(Clone, Debug)]
pub struct Cost {
    documents: Stats,
    scratch: Stats,
    calls: [usize; 3],
}

impl Cost {
    /// Parses a text some times. Of the arenas, what they served before makes a difference.
    ///
    /// # Errors
    ///
    /// When the text is no document.
    pub fn of(text: &[u8], arenas: &mut Arenas) -> Result<Self, Error> {
        let calls = calls(text, arenas)?;
        arenas.parse(text)?;
        let cost = Self {
            documents: arenas.documents(),
            scratch: arenas.scratch(),
            calls,
        };
        arenas.reset();
        Ok(cost)
    }
}

/// The calls of the system's allocator that it takes to parse a text and to free the document,
/// three times in a row.
fn calls(text: &[u8], arenas: &mut Arenas) -> Result<[usize; 3], Error> {
    let mut calls = [0; 3];
    for calls in &mut calls {
        let mut parsed = Ok(());
        *calls = Counting::calls_during(|| {
            parsed = arenas.parse(text).map(drop);
            arenas.reset();
        });
        parsed?;
    }
    Ok(calls)
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, second, third] = self.calls;
        writeln!(f, "The document in its arena: {}", self.documents)?;
        writeln!(f, "What the parser left of its frame: {}", self.scratch)?;
        write!(
            f,
            "Calls of the system's allocator: \
             {first} for the first parse, then {second}, then {third}"
        )
    }
}
