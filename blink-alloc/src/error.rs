//! What happens when memory cannot be had: the two error modes of every operation.

use core::{alloc::Layout, convert::Infallible};

/// Why memory cannot be had.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Failure {
    /// The size has no layout.
    Overflow,
    /// The allocator refused.
    Refused(Layout),
}

/// How an operation fails: each is written once, over this.
///
/// In two steps, so that a failure that does not return has the value at hand, and drops it.
pub(crate) trait Mode {
    /// That an operation has failed. No value of this exists where failing does not return.
    type Refused;

    /// The error, where `V` is what the caller gets back.
    type Error<V>;

    fn refuse(failure: Failure) -> Self::Refused;

    fn error<V>(refused: Self::Refused, value: V) -> Self::Error<V>;
}

/// Panics, or does what `handle_alloc_error` does.
pub(crate) struct Panics;

impl Mode for Panics {
    type Refused = Infallible;
    type Error<V> = Infallible;

    #[inline(always)]
    fn refuse(failure: Failure) -> Infallible {
        failed(failure)
    }

    #[inline(always)]
    fn error<V>(refused: Infallible, _: V) -> Infallible {
        refused
    }
}

/// Returns an error with what the caller had passed in.
pub(crate) struct Returns;

impl Mode for Returns {
    type Refused = ();
    type Error<V> = V;

    #[inline(always)]
    fn refuse(_: Failure) {}

    #[inline(always)]
    fn error<V>((): (), value: V) -> V {
        value
    }
}

/// The value of a result that cannot be an error.
#[inline(always)]
pub(crate) fn infallible<T>(result: Result<T, Infallible>) -> T {
    match result {
        Ok(value) => value,
        Err(never) => match never {},
    }
}

#[cold]
#[inline(never)]
pub(crate) fn failed(failure: Failure) -> ! {
    match failure {
        Failure::Overflow => panic!("capacity overflow"),
        Failure::Refused(layout) => refused(layout),
    }
}

/// Reports that room for `size` bytes could not be had.
#[cold]
pub(crate) fn bytes_failed(size: usize) -> ! {
    match Layout::from_size_align(size, 1) {
        Ok(layout) => refused(layout),
        Err(_) => failed(Failure::Overflow),
    }
}

#[cold]
fn refused(layout: Layout) -> ! {
    #[cfg(feature = "alloc")]
    alloc::alloc::handle_alloc_error(layout);

    #[cfg(not(feature = "alloc"))]
    panic!("allocation of {} bytes failed", layout.size());
}
