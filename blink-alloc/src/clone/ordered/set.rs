//! A sorted slice of keys.

use core::{borrow::Borrow, fmt, ops::RangeBounds, slice};

use alloc::collections::BTreeSet;

use super::{find, range, sort};
use crate::clone::{BlinkClone, Cloner};

/// What a `BTreeSet<K>` becomes in an arena, see [`BlinkClone`](crate::BlinkClone): a sorted slice
/// of keys, to be read.
///
/// The order is that of the copied keys, which are sorted once more where theirs is another one
/// than that of the originals. Copies that are equal where the originals were not all stay, side
/// by side; a look-up finds one of them.
///
/// A look-up takes `log2(len)` comparisons. References that the set hands out live as long as the
/// arena's borrow, not only as long as the set, which is `Copy`.
///
/// # Examples
///
/// ```
/// use blink_alloc::{Blink, BlinkOrderedSet};
/// use std::collections::BTreeSet;
///
/// let words = BTreeSet::from([String::from("to"), String::from("be")]);
/// let blink = Blink::new();
/// let copy: BlinkOrderedSet<'_, &str> = blink.clone_in(&words);
/// drop(words);
/// assert!(copy.contains("to") && !copy.contains("or"));
/// assert_eq!(copy.as_slice(), ["be", "to"]);
/// ```
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlinkOrderedSet<'blink, K> {
    keys: &'blink [K],
}

/// Copies keys, and sorts the copies.
fn copy<'a, 'blink, K, C>(
    keys: impl ExactSizeIterator<Item = &'a K>,
    cx: &mut C,
) -> Result<BlinkOrderedSet<'blink, K::Cloned>, C::Error>
where
    K: BlinkClone<'blink, Cloned: Ord> + 'a,
    C: Cloner<'blink>,
{
    let keys = cx.slice_with(keys, |cx, key| key.blink_clone(cx))?;
    sort(keys, Ord::cmp);
    Ok(BlinkOrderedSet { keys })
}

impl<'blink, K: BlinkClone<'blink, Cloned: Ord>> BlinkClone<'blink> for BTreeSet<K> {
    type Cloned = BlinkOrderedSet<'blink, K::Cloned>;

    #[inline]
    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        copy(self.iter(), cx)
    }
}

impl<'blink, K: BlinkClone<'blink, Cloned: Ord>> BlinkClone<'blink> for BlinkOrderedSet<'_, K> {
    type Cloned = BlinkOrderedSet<'blink, K::Cloned>;

    #[inline]
    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        copy(self.iter(), cx)
    }
}

impl<'blink, K> BlinkOrderedSet<'blink, K> {
    /// How many keys there are.
    #[inline]
    pub const fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there are none.
    #[inline]
    pub const fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The keys, sorted.
    #[inline]
    pub const fn as_slice(&self) -> &'blink [K] {
        self.keys
    }

    /// The keys, sorted.
    #[inline]
    pub fn iter(&self) -> slice::Iter<'blink, K> {
        self.keys.iter()
    }

    /// The least key.
    pub fn first(&self) -> Option<&'blink K> {
        self.keys.first()
    }

    /// The greatest key.
    pub fn last(&self) -> Option<&'blink K> {
        self.keys.last()
    }

    /// A key as it is in the set.
    #[inline]
    pub fn get<Q>(&self, key: &Q) -> Option<&'blink K>
    where
        K: Borrow<Q>,
        Q: Ord + ?Sized,
    {
        find(self.keys, |item| item, key)
    }

    /// Whether a key is in the set.
    #[inline]
    pub fn contains<Q>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
        Q: Ord + ?Sized,
    {
        self.get(key).is_some()
    }

    /// The keys in a range. None are in one that ends before it starts.
    pub fn range<Q, R>(&self, keys: R) -> slice::Iter<'blink, K>
    where
        K: Borrow<Q>,
        Q: Ord + ?Sized,
        R: RangeBounds<Q>,
    {
        range(self.keys, |item| item, keys).iter()
    }

    /// Whether all of these keys are in the other set.
    pub fn is_subset(&self, other: &BlinkOrderedSet<'_, K>) -> bool
    where
        K: Ord,
    {
        self.iter().all(|key| other.contains(key))
    }

    /// Whether all keys of the other set are in this one.
    pub fn is_superset(&self, other: &BlinkOrderedSet<'_, K>) -> bool
    where
        K: Ord,
    {
        other.is_subset(self)
    }

    /// Whether no key is in both sets.
    pub fn is_disjoint(&self, other: &BlinkOrderedSet<'_, K>) -> bool
    where
        K: Ord,
    {
        !self.iter().any(|key| other.contains(key))
    }
}

impl<'blink, K> IntoIterator for BlinkOrderedSet<'blink, K> {
    type Item = &'blink K;
    type IntoIter = slice::Iter<'blink, K>;

    fn into_iter(self) -> slice::Iter<'blink, K> {
        self.iter()
    }
}

impl<'blink, K> IntoIterator for &BlinkOrderedSet<'blink, K> {
    type Item = &'blink K;
    type IntoIter = slice::Iter<'blink, K>;

    fn into_iter(self) -> slice::Iter<'blink, K> {
        self.iter()
    }
}

impl<K> Clone for BlinkOrderedSet<'_, K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for BlinkOrderedSet<'_, K> {}

/// Without keys.
impl<K> Default for BlinkOrderedSet<'_, K> {
    fn default() -> Self {
        Self { keys: &[] }
    }
}

impl<K: fmt::Debug> fmt::Debug for BlinkOrderedSet<'_, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self).finish()
    }
}
