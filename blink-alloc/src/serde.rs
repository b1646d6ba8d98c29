//! Collections as what they hold, for serde.
//!
//! Only one way: what is read from a format does not know its arena. It is read by a seed, or
//! put in item by item.

use allocator_api2::alloc::Allocator;
use serde::{Serialize, Serializer};

#[cfg(any(feature = "std", feature = "hashbrown"))]
use crate::clone::{BlinkHashedMap, BlinkHashedSet};
use crate::{
    clone::{BlinkOrderedMap, BlinkOrderedSet},
    string::BlinkString,
    vec::BlinkVec,
};

impl<T: Serialize, H: Allocator> Serialize for BlinkVec<T, H> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self[..].serialize(serializer)
    }
}

impl<H: Allocator> Serialize for BlinkString<H> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self[..].serialize(serializer)
    }
}

impl<K: Serialize, V: Serialize> Serialize for BlinkOrderedMap<'_, K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl<K: Serialize> Serialize for BlinkOrderedSet<'_, K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}

#[cfg(any(feature = "std", feature = "hashbrown"))]
impl<K: Serialize, V: Serialize, H> Serialize for BlinkHashedMap<'_, K, V, H> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

#[cfg(any(feature = "std", feature = "hashbrown"))]
impl<K: Serialize, H> Serialize for BlinkHashedSet<'_, K, H> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}
