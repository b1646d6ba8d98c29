//! A sorted slice of pairs.

use core::{
    borrow::Borrow,
    fmt,
    iter::FusedIterator,
    ops::{Index, RangeBounds},
};

use alloc::collections::BTreeMap;

use super::{find, range, sort};
use crate::clone::{BlinkClone, Cloner, Entries};

/// What a `BTreeMap<K, V>` becomes in an arena, see [`BlinkClone`](crate::BlinkClone): a sorted
/// slice of entries, to be read.
///
/// The order is that of the copied keys, which are sorted once more where theirs is another one
/// than that of the originals. Copies that are equal where the originals were not all stay, side
/// by side; a look-up finds one of them.
///
/// A look-up takes `log2(len)` comparisons. References that the map hands out live as long as the
/// arena's borrow, not only as long as the map, which is `Copy`.
///
/// # Examples
///
/// ```
/// use blink_alloc::{Blink, BlinkOrderedMap};
/// use std::collections::BTreeMap;
///
/// let mut ages = BTreeMap::new();
/// ages.insert(String::from("Ann"), 31);
/// ages.insert(String::from("Tom"), 9);
///
/// let blink = Blink::new();
/// let copy: BlinkOrderedMap<'_, &str, i32> = blink.clone_in(&ages);
/// drop(ages);
/// assert_eq!(copy.get("Tom"), Some(&9));
/// assert_eq!(copy["Ann"], 31);
/// assert_eq!(copy.keys().collect::<Vec<_>>(), [&"Ann", &"Tom"]);
/// ```
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlinkOrderedMap<'blink, K, V> {
    entries: &'blink [(K, V)],
}

/// Copies entries, and sorts the copies.
fn copy<'a, 'blink, K, V, C>(
    entries: impl ExactSizeIterator<Item = (&'a K, &'a V)>,
    cx: &mut C,
) -> Result<BlinkOrderedMap<'blink, K::Cloned, V::Cloned>, C::Error>
where
    K: BlinkClone<'blink, Cloned: Ord> + 'a,
    V: BlinkClone<'blink> + 'a,
    C: Cloner<'blink>,
{
    let entries = cx.slice_with(entries, |cx, (key, value)| {
        let key = key.blink_clone(cx)?;
        value.blink_clone(cx).map(|value| (key, value))
    })?;
    sort(entries, |one, other| one.0.cmp(&other.0));
    Ok(BlinkOrderedMap { entries })
}

impl<'blink, K, V> BlinkClone<'blink> for BTreeMap<K, V>
where
    K: BlinkClone<'blink, Cloned: Ord>,
    V: BlinkClone<'blink>,
{
    type Cloned = BlinkOrderedMap<'blink, K::Cloned, V::Cloned>;

    #[inline]
    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        copy(self.iter(), cx)
    }
}

impl<'blink, K, V> BlinkClone<'blink> for BlinkOrderedMap<'_, K, V>
where
    K: BlinkClone<'blink, Cloned: Ord>,
    V: BlinkClone<'blink>,
{
    type Cloned = BlinkOrderedMap<'blink, K::Cloned, V::Cloned>;

    #[inline]
    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        copy(self.iter(), cx)
    }
}

impl<'blink, K, V> BlinkOrderedMap<'blink, K, V> {
    /// How many entries there are.
    #[inline]
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[inline]
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries, sorted by their keys.
    #[inline]
    pub const fn as_slice(&self) -> &'blink [(K, V)] {
        self.entries
    }

    /// The entries, sorted by their keys.
    #[inline]
    pub fn iter(&self) -> Entries<'blink, K, V> {
        Entries::of(self.entries)
    }

    /// The keys, sorted.
    pub fn keys(
        &self,
    ) -> impl DoubleEndedIterator<Item = &'blink K>
    + ExactSizeIterator
    + FusedIterator
    + Clone
    + use<'blink, K, V> {
        self.entries.iter().map(|entry| &entry.0)
    }

    /// The values, in the order of their keys.
    pub fn values(
        &self,
    ) -> impl DoubleEndedIterator<Item = &'blink V>
    + ExactSizeIterator
    + FusedIterator
    + Clone
    + use<'blink, K, V> {
        self.entries.iter().map(|entry| &entry.1)
    }

    /// The entry of the least key.
    pub fn first_key_value(&self) -> Option<(&'blink K, &'blink V)> {
        self.iter().next()
    }

    /// The entry of the greatest key.
    pub fn last_key_value(&self) -> Option<(&'blink K, &'blink V)> {
        self.iter().next_back()
    }

    /// The value of a key.
    #[inline]
    pub fn get<Q>(&self, key: &Q) -> Option<&'blink V>
    where
        K: Borrow<Q>,
        Q: Ord + ?Sized,
    {
        find(self.entries, |entry| &entry.0, key).map(|entry| &entry.1)
    }

    /// A key as it is in the map, and its value.
    pub fn get_key_value<Q>(&self, key: &Q) -> Option<(&'blink K, &'blink V)>
    where
        K: Borrow<Q>,
        Q: Ord + ?Sized,
    {
        find(self.entries, |entry| &entry.0, key).map(|entry| (&entry.0, &entry.1))
    }

    /// Whether there is an entry of a key.
    pub fn contains_key<Q>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
        Q: Ord + ?Sized,
    {
        self.get(key).is_some()
    }

    /// The entries whose keys are in a range. None are in one that ends before it starts.
    ///
    /// # Examples
    ///
    /// ```
    /// use blink_alloc::Blink;
    /// use std::collections::BTreeMap;
    ///
    /// let blink = Blink::new();
    /// let squares = blink.clone_in(&BTreeMap::from_iter((0..10).map(|n| (n, n * n))));
    /// assert!(squares.range(3..=5).eq([(&3, &9), (&4, &16), (&5, &25)]));
    /// assert_eq!(squares.range(7..).len(), 3);
    /// ```
    pub fn range<Q, R>(&self, keys: R) -> Entries<'blink, K, V>
    where
        K: Borrow<Q>,
        Q: Ord + ?Sized,
        R: RangeBounds<Q>,
    {
        Entries::of(range(self.entries, |entry| &entry.0, keys))
    }
}

/// Panics when there is no entry of the key.
impl<K: Borrow<Q>, V, Q: Ord + ?Sized> Index<&Q> for BlinkOrderedMap<'_, K, V> {
    type Output = V;

    #[track_caller]
    fn index(&self, key: &Q) -> &V {
        self.get(key).expect("no entry of this key")
    }
}

impl<'blink, K, V> IntoIterator for BlinkOrderedMap<'blink, K, V> {
    type Item = (&'blink K, &'blink V);
    type IntoIter = Entries<'blink, K, V>;

    fn into_iter(self) -> Entries<'blink, K, V> {
        self.iter()
    }
}

impl<'blink, K, V> IntoIterator for &BlinkOrderedMap<'blink, K, V> {
    type Item = (&'blink K, &'blink V);
    type IntoIter = Entries<'blink, K, V>;

    fn into_iter(self) -> Entries<'blink, K, V> {
        self.iter()
    }
}

impl<K, V> Clone for BlinkOrderedMap<'_, K, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K, V> Copy for BlinkOrderedMap<'_, K, V> {}

/// Without entries.
impl<K, V> Default for BlinkOrderedMap<'_, K, V> {
    fn default() -> Self {
        Self { entries: &[] }
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for BlinkOrderedMap<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}
