//! The iterator over the entries of a map.

use core::{fmt, iter::FusedIterator, slice};

/// The entries of a [`BlinkOrderedMap`](crate::BlinkOrderedMap) or a
#[cfg_attr(
    any(feature = "std", feature = "hashbrown"),
    doc = "[`BlinkHashedMap`](crate::BlinkHashedMap),"
)]
#[cfg_attr(
    not(any(feature = "std", feature = "hashbrown")),
    doc = "`BlinkHashedMap`,"
)]
/// as pairs of references.
///
/// # Examples
///
/// ```
/// use blink_alloc::Blink;
/// use std::collections::BTreeMap;
///
/// let blink = Blink::new();
/// let map = blink.clone_in(&BTreeMap::from([(1, "one"), (2, "two")]));
/// let mut entries = map.iter();
/// assert_eq!(entries.next_back(), Some((&2, &"two")));
/// assert_eq!(entries.as_slice(), [(1, "one")]);
/// ```
pub struct Entries<'blink, K, V>(slice::Iter<'blink, (K, V)>);

impl<'blink, K, V> Entries<'blink, K, V> {
    pub(super) fn of(entries: &'blink [(K, V)]) -> Self {
        Self(entries.iter())
    }

    /// Those that are left.
    pub fn as_slice(&self) -> &'blink [(K, V)] {
        self.0.as_slice()
    }
}

fn both<K, V>((key, value): &(K, V)) -> (&K, &V) {
    (key, value)
}

impl<'blink, K, V> Iterator for Entries<'blink, K, V> {
    type Item = (&'blink K, &'blink V);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(both)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        self.0.nth(n).map(both)
    }

    #[inline]
    fn fold<B, F: FnMut(B, Self::Item) -> B>(self, init: B, f: F) -> B {
        self.0.map(both).fold(init, f)
    }
}

impl<K, V> DoubleEndedIterator for Entries<'_, K, V> {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(both)
    }
}

impl<K, V> ExactSizeIterator for Entries<'_, K, V> {}

impl<K, V> FusedIterator for Entries<'_, K, V> {}

impl<K, V> Clone for Entries<'_, K, V> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<K, V> Default for Entries<'_, K, V> {
    fn default() -> Self {
        Self::of(&[])
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Entries<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}
