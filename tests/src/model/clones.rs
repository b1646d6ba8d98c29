//! Clones of values: counted, and one of them may panic.

use core::cell::Cell;

use super::values::{Bytes, Heap, Sample, Wide, WideZero, Zero, planned_panic};

thread_local! {
    static MADE: Cell<usize> = const { Cell::new(0) };
    static PANICS: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Counts from 0, up to the clone that panics.
pub(super) fn start(panics: Option<usize>) {
    MADE.set(0);
    PANICS.set(panics);
}

/// How many there were.
pub(super) fn made() -> usize {
    MADE.get()
}

/// A value with the same number.
fn clone<T: Sample>(value: &T) -> T {
    let id = value.id();
    assert!(value.is(id), "a broken value is cloned");
    if PANICS.get() == Some(MADE.get()) {
        planned_panic();
    }
    MADE.set(MADE.get() + 1);
    T::new(id)
}

impl<const N: usize> Clone for Bytes<N> {
    fn clone(&self) -> Self {
        clone(self)
    }
}

macro_rules! impl_clone {
    ($($value:ty)*) => {$(
        impl Clone for $value {
            fn clone(&self) -> Self {
                clone(self)
            }
        }
    )*};
}
impl_clone!(Wide Heap Zero WideZero);
