//! Collections as what they hold, for serde.
//!
//! Only one way: what is read from a format does not know its arena. It is read by a seed, or
//! put in item by item.

use allocator_api2::alloc::Allocator;
use serde::{Serialize, Serializer};

use crate::{string::BlinkString, vec::BlinkVec};

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
