//! Characters on their way out of a string.

use core::{fmt, iter::FusedIterator, str};

use allocator_api2::{alloc::Allocator, vec::Drain};

/// The characters of a range that is being removed from a
/// [`BlinkString`](crate::BlinkString), by [`drain`](crate::BlinkString::drain).
pub struct DrainChars<'s, H: Allocator> {
    /// Invariant: UTF-8. What is in front of these bytes and behind them is UTF-8, too.
    bytes: Drain<'s, u8, H>,
}

impl<'s, H: Allocator> DrainChars<'s, H> {
    /// The bytes begin and end between characters.
    pub(super) fn new(bytes: Drain<'s, u8, H>) -> Self {
        Self { bytes }
    }

    /// What was not taken yet.
    pub fn as_str(&self) -> &str {
        // SAFETY: the invariant of the type.
        unsafe { str::from_utf8_unchecked(self.bytes.as_slice()) }
    }
}

impl<H: Allocator> Iterator for DrainChars<'_, H> {
    type Item = char;

    #[inline]
    fn next(&mut self) -> Option<char> {
        let first = self.as_str().chars().next()?;
        self.bytes.nth(first.len_utf8() - 1);
        Some(first)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.as_str().chars().size_hint()
    }
}

impl<H: Allocator> DoubleEndedIterator for DrainChars<'_, H> {
    #[inline]
    fn next_back(&mut self) -> Option<char> {
        let last = self.as_str().chars().next_back()?;
        self.bytes.nth_back(last.len_utf8() - 1);
        Some(last)
    }
}

impl<H: Allocator> FusedIterator for DrainChars<'_, H> {}

impl<H: Allocator> fmt::Debug for DrainChars<'_, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DrainChars").field(&self.as_str()).finish()
    }
}
