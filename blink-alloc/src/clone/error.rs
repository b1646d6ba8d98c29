//! Why a deep copy fails, and the two ways to say so.

use core::{convert::Infallible, error::Error, fmt};

use crate::error::{Mode, Panics, Returns};

/// Why a deep copy cannot be made. The names are those of types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CloneError {
    /// Memory cannot be had.
    Alloc,
    /// A value owns itself, by strong pointers in a circle: the copy could not be built. One of
    /// the pointers has to be a `Weak`.
    Cycle(&'static str),
    /// Pointers lead too deep: the stack might not suffice to follow them.
    Depth(&'static str),
    /// The lock around a value is poisoned.
    Poisoned(&'static str),
    /// The value in a `RefCell` is borrowed mutably.
    Borrowed(&'static str),
}

impl fmt::Display for CloneError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Alloc => f.write_str("memory for a copy cannot be had"),
            Self::Cycle(name) => write!(
                f,
                "a `{name}` owns itself, which no copy can: make one edge of the cycle `Weak`"
            ),
            Self::Depth(name) => write!(
                f,
                "pointers lead too deep, to a `{name}`: feature `deep` follows two million of them, \
                 `clone_in_to_depth` as many as you say"
            ),
            Self::Poisoned(name) => write!(f, "the lock around a `{name}` is poisoned"),
            Self::Borrowed(name) => write!(f, "the `RefCell` of a `{name}` is borrowed mutably"),
        }
    }
}

impl Error for CloneError {}

/// An error mode that knows the errors of copies, too.
pub(crate) trait Fails: Mode {
    /// What a copy fails with. No value of this exists where failing does not return.
    type Failure;

    fn fail(error: CloneError) -> Self::Failure;
    fn refused(refused: Self::Refused) -> Self::Failure;
    /// Drops the value that could not be put.
    fn lost<V>(error: Self::Error<V>) -> Self::Failure;
}

impl Fails for Panics {
    type Failure = Infallible;

    #[cold]
    #[inline(never)]
    fn fail(error: CloneError) -> Infallible {
        panic!("{error}")
    }

    #[inline(always)]
    fn refused(refused: Infallible) -> Infallible {
        refused
    }

    #[inline(always)]
    fn lost<V>(error: Infallible) -> Infallible {
        error
    }
}

impl Fails for Returns {
    type Failure = CloneError;

    #[inline(always)]
    fn fail(error: CloneError) -> CloneError {
        error
    }

    #[inline(always)]
    fn refused((): ()) -> CloneError {
        CloneError::Alloc
    }

    #[inline(always)]
    fn lost<V>(_: V) -> CloneError {
        CloneError::Alloc
    }
}
