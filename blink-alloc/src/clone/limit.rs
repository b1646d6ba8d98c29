//! How deep a copy may go.
//!
//! A copy follows pointers by recursion, and so its depth is what a stack can hold. Every pointer
//! that is followed is a hop, and one to something large counts as several.

/// How many hops a copy takes if nothing else is said. A circle of references ends here too:
/// without optimization it takes some 3 GB of stack, a fifth of what ten million hops took.
#[cfg(feature = "deep")]
pub(crate) const DEPTH: usize = 2_000_000;

/// How many hops a copy takes if nothing else is said: what a stack of 2 MiB holds in a build
/// without optimization.
#[cfg(not(feature = "deep"))]
pub(crate) const DEPTH: usize = 512;

/// What a pointer to something of that size counts, in hops. The functions that make a value have
/// it on the stack, some of them more than once: without optimization they take about 2000 bytes,
/// nine times its size, and 45 bytes for each field.
pub(crate) const fn hops(size: usize) -> usize {
    1 + size / 48
}

/// Calls a closure on a stack that has room for it, and for a few values of that size: on a new
/// piece of it, where the one in use ends.
#[cfg(feature = "deep")]
#[inline(always)]
pub(crate) fn on_enough_stack<R>(size: usize, f: impl FnOnce() -> R) -> R {
    let needed = size.saturating_mul(16).saturating_add(256 * 1024);
    stacker::maybe_grow(needed, needed.saturating_add(1024 * 1024), f)
}

/// Calls a closure. The limit sees to it that the stack has room.
#[cfg(not(feature = "deep"))]
#[inline(always)]
pub(crate) fn on_enough_stack<R>(_: usize, f: impl FnOnce() -> R) -> R {
    f()
}
