//! What the tests of the shared arenas share: a base allocator that threads may use, and
//! threads that start at once. The models, in `tests/loom`, have their own.

#![cfg(not(blink_loom))]

pub mod base;
pub mod threads;
