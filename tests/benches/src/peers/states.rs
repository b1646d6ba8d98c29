//! The states that arenas are in before an operation.

use core::iter;

/// An arena in the state in which operations are counted.
pub(crate) trait Warm {
    /// With one chunk, and room for all that a run allocates.
    fn warm() -> Self;
}

/// An arena that drops its values.
pub(crate) trait Keep: Warm {
    fn keep(&mut self, string: String);
}

/// An arena with 1000 strings that have no memory of their own.
pub(crate) struct EmptyStrings<A>(pub A);

impl<A: Keep> Warm for EmptyStrings<A> {
    fn warm() -> Self {
        Self(with(iter::repeat_with(String::new)))
    }
}

/// An arena with 1000 strings that have.
pub(crate) struct HeapStrings<A>(pub A);

impl<A: Keep> Warm for HeapStrings<A> {
    fn warm() -> Self {
        Self(with(iter::repeat_with(|| {
            "a string on the heap".to_owned()
        })))
    }
}

fn with<A: Keep>(strings: impl Iterator<Item = String>) -> A {
    let mut arena = A::warm();
    strings.take(1000).for_each(|string| arena.keep(string));
    arena
}
