//! A slice of pairs, and an index over it.

use core::{
    borrow::Borrow,
    fmt,
    hash::{BuildHasher, Hash},
    iter::FusedIterator,
    ops,
};
#[cfg(feature = "std")]
use std::hash::RandomState;

use super::{Index, no_drop};
use crate::clone::{BlinkClone, Cloner, Entries};

/// What a `HashMap<K, V, S>` becomes in an arena, see [`BlinkClone`](crate::BlinkClone): a slice
/// of entries with an index, to be read. It serves the maps of std, and with feature `hashbrown`
/// those of hashbrown.
///
/// The entries are in the order in which the original was iterated. They are hashed by a clone of
/// its hasher, which must not need to be dropped. Copies of keys that are equal where the
/// originals were not all stay; a look-up finds one of them.
///
/// The map is `Copy` if the hasher is, which std's `RandomState` is not. The index takes 8 to 16
/// bytes for each entry. References that the map hands out live as long
/// as the arena's borrow, not only as long as the map.
///
/// # Examples
///
/// ```
/// # #[cfg(feature = "std")] {
/// use blink_alloc::{Blink, BlinkHashedMap};
/// use std::collections::HashMap;
///
/// let mut ages = HashMap::new();
/// ages.insert(String::from("Ann"), 31);
/// ages.insert(String::from("Tom"), 9);
///
/// let blink = Blink::new();
/// let copy: BlinkHashedMap<'_, &str, i32> = blink.clone_in(&ages);
/// drop(ages);
/// assert_eq!(copy.get("Tom"), Some(&9));
/// assert_eq!(copy["Ann"], 31);
/// assert!(!copy.contains_key("Eve"));
/// # }
/// ```
pub struct BlinkHashedMap<
    'blink,
    K,
    V,
    #[cfg(feature = "std")] S = RandomState,
    #[cfg(not(feature = "std"))] S,
> {
    entries: &'blink [(K, V)],
    index: Index<'blink>,
    hasher: S,
}

/// Copies entries, and hashes the copies.
fn copy<'a, 'blink, K, V, S, C>(
    entries: impl ExactSizeIterator<Item = (&'a K, &'a V)>,
    hasher: &S,
    cx: &mut C,
) -> Result<BlinkHashedMap<'blink, K::Cloned, V::Cloned, S>, C::Error>
where
    K: BlinkClone<'blink, Cloned: Hash> + 'a,
    V: BlinkClone<'blink> + 'a,
    S: BuildHasher + Clone,
    C: Cloner<'blink>,
{
    const { no_drop::<S>() }
    let entries = cx.slice_with(entries, |cx, (key, value)| {
        let key = key.blink_clone(cx)?;
        value.blink_clone(cx).map(|value| (key, value))
    })?;
    hash(entries, hasher.clone(), cx)
}

/// Hashes entries.
fn hash<'blink, K: Hash, V, S: BuildHasher, C: Cloner<'blink>>(
    entries: &'blink [(K, V)],
    hasher: S,
    cx: &mut C,
) -> Result<BlinkHashedMap<'blink, K, V, S>, C::Error> {
    let hashes = entries.iter().map(|(key, _)| hasher.hash_one(key));
    let index = Index::over(hashes, cx)?;
    Ok(BlinkHashedMap {
        entries,
        index,
        hasher,
    })
}

/// Implements the trait for a map.
macro_rules! map {
    ($map:ty) => {
        impl<'blink, K, V, S> BlinkClone<'blink> for $map
        where
            K: BlinkClone<'blink, Cloned: Hash + Eq>,
            V: BlinkClone<'blink>,
            S: BuildHasher + Clone + 'blink,
        {
            type Cloned = BlinkHashedMap<'blink, K::Cloned, V::Cloned, S>;

            #[inline]
            fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
                copy(self.iter(), self.hasher(), cx)
            }
        }
    };
}

#[cfg(feature = "std")]
map!(std::collections::HashMap<K, V, S>);
#[cfg(feature = "hashbrown")]
map!(hashbrown::HashMap<K, V, S>);
map!(BlinkHashedMap<'_, K, V, S>);

impl<'blink, K, V, S> BlinkHashedMap<'blink, K, V, S> {
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

    /// The entries, in the order in which the original was iterated.
    #[inline]
    pub const fn as_slice(&self) -> &'blink [(K, V)] {
        self.entries
    }

    /// What hashes the keys.
    #[inline]
    pub const fn hasher(&self) -> &S {
        &self.hasher
    }

    /// The entries, in the order in which the original was iterated.
    #[inline]
    pub fn iter(&self) -> Entries<'blink, K, V> {
        Entries::of(self.entries)
    }

    /// The keys, in the order of [`iter`](Self::iter).
    pub fn keys(
        &self,
    ) -> impl DoubleEndedIterator<Item = &'blink K>
    + ExactSizeIterator
    + FusedIterator
    + Clone
    + use<'blink, K, V, S> {
        self.entries.iter().map(|entry| &entry.0)
    }

    /// The values, in the order of [`iter`](Self::iter).
    pub fn values(
        &self,
    ) -> impl DoubleEndedIterator<Item = &'blink V>
    + ExactSizeIterator
    + FusedIterator
    + Clone
    + use<'blink, K, V, S> {
        self.entries.iter().map(|entry| &entry.1)
    }
}

impl<'blink, K, V, S: BuildHasher> BlinkHashedMap<'blink, K, V, S> {
    #[inline]
    fn find<Q>(&self, key: &Q) -> Option<&'blink (K, V)>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        if self.is_empty() {
            return None;
        }
        let hash = self.hasher.hash_one(key);
        self.index
            .find(hash, self.entries, |entry| entry.0.borrow() == key)
    }

    /// The value of a key.
    #[inline]
    pub fn get<Q>(&self, key: &Q) -> Option<&'blink V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        self.find(key).map(|entry| &entry.1)
    }

    /// A key as it is in the map, and its value.
    pub fn get_key_value<Q>(&self, key: &Q) -> Option<(&'blink K, &'blink V)>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        self.find(key).map(|entry| (&entry.0, &entry.1))
    }

    /// Whether there is an entry of a key.
    pub fn contains_key<Q>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        self.find(key).is_some()
    }
}

/// Panics when there is no entry of the key.
impl<K, V, S, Q> ops::Index<&Q> for BlinkHashedMap<'_, K, V, S>
where
    K: Borrow<Q>,
    S: BuildHasher,
    Q: Hash + Eq + ?Sized,
{
    type Output = V;

    #[track_caller]
    fn index(&self, key: &Q) -> &V {
        self.get(key).expect("no entry of this key")
    }
}

impl<'blink, K, V, S> IntoIterator for BlinkHashedMap<'blink, K, V, S> {
    type Item = (&'blink K, &'blink V);
    type IntoIter = Entries<'blink, K, V>;

    fn into_iter(self) -> Entries<'blink, K, V> {
        self.iter()
    }
}

impl<'blink, K, V, S> IntoIterator for &BlinkHashedMap<'blink, K, V, S> {
    type Item = (&'blink K, &'blink V);
    type IntoIter = Entries<'blink, K, V>;

    fn into_iter(self) -> Entries<'blink, K, V> {
        self.iter()
    }
}

impl<K, V, S: Clone> Clone for BlinkHashedMap<'_, K, V, S> {
    fn clone(&self) -> Self {
        Self {
            hasher: self.hasher.clone(),
            ..*self
        }
    }
}

impl<K, V, S: Copy> Copy for BlinkHashedMap<'_, K, V, S> {}

/// Without entries.
impl<K, V, S: Default> Default for BlinkHashedMap<'_, K, V, S> {
    fn default() -> Self {
        Self {
            entries: &[],
            index: Index::default(),
            hasher: S::default(),
        }
    }
}

/// Maps are equal that have the same entries, in whatever order. (There is no `Eq`, since some of
/// the keys of one may be equal.)
impl<K, V, S> PartialEq for BlinkHashedMap<'_, K, V, S>
where
    K: Hash + Eq,
    V: PartialEq,
    S: BuildHasher,
{
    fn eq(&self, other: &Self) -> bool {
        let are_in = |one: &Self, other: &Self| {
            let mut entries = one.iter();
            entries.all(|(key, value)| other.get(key).is_some_and(|other| value == other))
        };
        self.len() == other.len() && are_in(self, other) && are_in(other, self)
    }
}

impl<K: fmt::Debug, V: fmt::Debug, S> fmt::Debug for BlinkHashedMap<'_, K, V, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}
