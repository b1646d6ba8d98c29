//! A slice of keys, and an index over it.

use core::{
    borrow::Borrow,
    fmt,
    hash::{BuildHasher, Hash},
    slice,
};
#[cfg(feature = "std")]
use std::hash::RandomState;

use super::{Index, no_drop};
use crate::clone::{BlinkClone, Cloner};

/// What a `HashSet<K, S>` becomes in an arena, see [`BlinkClone`](crate::BlinkClone): a slice of
/// keys with an index, to be read. It serves the sets of std, and with feature `hashbrown` those
/// of hashbrown.
///
/// The keys are in the order in which the original was iterated. They are hashed by a clone of
/// its hasher, which must not need to be dropped. Copies of keys that are equal where the
/// originals were not all stay; a look-up finds one of them.
///
/// The index takes 8 to 16 bytes for each key. References that the set hands out live as long as
/// the arena's borrow, not only as long as the set.
///
/// # Examples
///
/// ```
/// # #[cfg(feature = "std")] {
/// use blink_alloc::{Blink, BlinkHashedSet};
/// use std::collections::HashSet;
///
/// let words = HashSet::from([String::from("to"), String::from("be")]);
/// let blink = Blink::new();
/// let copy: BlinkHashedSet<'_, &str> = blink.clone_in(&words);
/// drop(words);
/// assert!(copy.contains("to") && !copy.contains("or"));
/// assert_eq!(copy.len(), 2);
/// # }
/// ```
pub struct BlinkHashedSet<
    'blink,
    K,
    #[cfg(feature = "std")] S = RandomState,
    #[cfg(not(feature = "std"))] S,
> {
    keys: &'blink [K],
    index: Index<'blink>,
    hasher: S,
}

/// Copies keys, and hashes the copies.
fn copy<'a, 'blink, K, S, C>(
    keys: impl ExactSizeIterator<Item = &'a K>,
    hasher: &S,
    cx: &mut C,
) -> Result<BlinkHashedSet<'blink, K::Cloned, S>, C::Error>
where
    K: BlinkClone<'blink, Cloned: Hash> + 'a,
    S: BuildHasher + Clone,
    C: Cloner<'blink>,
{
    const { no_drop::<S>() }
    let keys = cx.slice_with(keys, |cx, key| key.blink_clone(cx))?;
    hash(keys, hasher.clone(), cx)
}

/// Hashes keys.
fn hash<'blink, K: Hash, S: BuildHasher, C: Cloner<'blink>>(
    keys: &'blink [K],
    hasher: S,
    cx: &mut C,
) -> Result<BlinkHashedSet<'blink, K, S>, C::Error> {
    let hashes = keys.iter().map(|key| hasher.hash_one(key));
    let index = Index::over(hashes, cx)?;
    Ok(BlinkHashedSet {
        keys,
        index,
        hasher,
    })
}

/// Implements the trait for a set.
macro_rules! set {
    ($set:ty) => {
        impl<'blink, K, S> BlinkClone<'blink> for $set
        where
            K: BlinkClone<'blink, Cloned: Hash + Eq>,
            S: BuildHasher + Clone + 'blink,
        {
            type Cloned = BlinkHashedSet<'blink, K::Cloned, S>;

            #[inline]
            fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
                copy(self.iter(), self.hasher(), cx)
            }
        }
    };
}

#[cfg(feature = "std")]
set!(std::collections::HashSet<K, S>);
#[cfg(feature = "hashbrown")]
set!(hashbrown::HashSet<K, S>);
set!(BlinkHashedSet<'_, K, S>);

impl<'blink, K, S> BlinkHashedSet<'blink, K, S> {
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

    /// The keys, in the order in which the original was iterated.
    #[inline]
    pub const fn as_slice(&self) -> &'blink [K] {
        self.keys
    }

    /// What hashes the keys.
    #[inline]
    pub const fn hasher(&self) -> &S {
        &self.hasher
    }

    /// The keys, in the order in which the original was iterated.
    #[inline]
    pub fn iter(&self) -> slice::Iter<'blink, K> {
        self.keys.iter()
    }
}

impl<'blink, K, S: BuildHasher> BlinkHashedSet<'blink, K, S> {
    /// A key as it is in the set.
    #[inline]
    pub fn get<Q>(&self, key: &Q) -> Option<&'blink K>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        if self.is_empty() {
            return None;
        }
        let hash = self.hasher.hash_one(key);
        self.index
            .find(hash, self.keys, |item| item.borrow() == key)
    }

    /// Whether a key is in the set.
    #[inline]
    pub fn contains<Q>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        self.get(key).is_some()
    }

    /// Whether all of these keys are in the other set.
    pub fn is_subset(&self, other: &BlinkHashedSet<'_, K, S>) -> bool
    where
        K: Hash + Eq,
    {
        self.iter().all(|key| other.contains(key))
    }

    /// Whether all keys of the other set are in this one.
    pub fn is_superset(&self, other: &BlinkHashedSet<'_, K, S>) -> bool
    where
        K: Hash + Eq,
    {
        other.is_subset(self)
    }

    /// Whether no key is in both sets.
    pub fn is_disjoint(&self, other: &BlinkHashedSet<'_, K, S>) -> bool
    where
        K: Hash + Eq,
    {
        !self.iter().any(|key| other.contains(key))
    }
}

impl<'blink, K, S> IntoIterator for BlinkHashedSet<'blink, K, S> {
    type Item = &'blink K;
    type IntoIter = slice::Iter<'blink, K>;

    fn into_iter(self) -> slice::Iter<'blink, K> {
        self.iter()
    }
}

impl<'blink, K, S> IntoIterator for &BlinkHashedSet<'blink, K, S> {
    type Item = &'blink K;
    type IntoIter = slice::Iter<'blink, K>;

    fn into_iter(self) -> slice::Iter<'blink, K> {
        self.iter()
    }
}

impl<K, S: Clone> Clone for BlinkHashedSet<'_, K, S> {
    fn clone(&self) -> Self {
        Self {
            hasher: self.hasher.clone(),
            ..*self
        }
    }
}

impl<K, S: Copy> Copy for BlinkHashedSet<'_, K, S> {}

/// Without keys.
impl<K, S: Default> Default for BlinkHashedSet<'_, K, S> {
    fn default() -> Self {
        Self {
            keys: &[],
            index: Index::default(),
            hasher: S::default(),
        }
    }
}

/// Sets are equal that have the same keys, in whatever order. (There is no `Eq`, since some of the
/// keys of one may be equal.)
impl<K: Hash + Eq, S: BuildHasher> PartialEq for BlinkHashedSet<'_, K, S> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.is_subset(other) && other.is_subset(self)
    }
}

impl<K: fmt::Debug, S> fmt::Debug for BlinkHashedSet<'_, K, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self).finish()
    }
}
