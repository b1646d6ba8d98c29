#![doc = include_str!("../README.md")]
#![no_std]
#![cfg_attr(feature = "nightly", feature(allocator_api))]
#![cfg_attr(
    blink_provenance,
    feature(strict_provenance_lints),
    deny(fuzzy_provenance_casts, lossy_provenance_casts)
)]
#![warn(
    clippy::std_instead_of_core,
    clippy::std_instead_of_alloc,
    clippy::alloc_instead_of_core
)]

#[cfg(feature = "alloc")]
extern crate alloc;

#[cfg(feature = "std")]
extern crate std;

// So that the paths of the macros work in here too.
extern crate self as blink_alloc;

#[cfg(feature = "macros")]
pub use blink_macros::{BlinkClone, blink_frame};

/// The error where memory cannot be had and there is nothing to give back: that of allocator-api2.
pub use allocator_api2::alloc::AllocError;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod allocator;
mod api;
#[cfg(target_has_atomic = "ptr")]
mod atomic;
mod base;
mod blink;
mod bump;
#[cfg(all(feature = "alloc", target_has_atomic = "ptr"))]
mod cache;
mod chunk;
mod clone;
mod collect;
mod drop_list;
mod emplace;
mod error;
mod frame;
mod growth;
#[cfg(feature = "alloc")]
mod handle;
mod holds;
mod items;
mod iterator;
mod level;
mod local;
#[cfg(target_has_atomic = "ptr")]
mod lock;
mod macros;
mod methods;
mod owned;
mod place;
mod poison;
mod reserved;
#[cfg(feature = "std")]
mod scratch;
mod send;
#[cfg(all(feature = "serde", feature = "alloc"))]
mod serde;
mod stats;
#[cfg(feature = "alloc")]
mod string;
mod supply;
#[cfg(target_has_atomic = "ptr")]
mod sync;
#[cfg(target_has_atomic = "ptr")]
mod sync_blink;
mod text;
#[cfg(feature = "alloc")]
mod unboxed;
#[cfg(feature = "alloc")]
mod vec;
#[cfg(feature = "zerocopy")]
mod zeroed;

#[cfg(all(feature = "alloc", target_has_atomic = "ptr"))]
pub use self::cache::{BlinkAllocCache, Cached, Pooled};
#[cfg(all(feature = "alloc", target_has_atomic = "ptr"))]
pub use self::clone::BlinkWeak;
#[cfg(any(feature = "std", feature = "hashbrown"))]
pub use self::clone::{BlinkHashedMap, BlinkHashedSet};
pub use self::{
    api::{BlinkAllocator, Rewind},
    blink::Blink,
    clone::{BlinkClone, CloneError, Cloner},
    emplace::Emplace,
    frame::{Frame, FrameGuard, FrameIn, Slot},
    holds::{Holds, Local, Sendable, Sharing},
    iterator::IteratorExt,
    local::{BlinkAlloc, Mark},
    owned::OwnedSlice,
    send::SendBlink,
    stats::{ChunkStats, Stats},
};
#[cfg(feature = "alloc")]
pub use self::{
    clone::{BlinkOrderedMap, BlinkOrderedSet, Entries},
    handle::Handle,
    string::{BlinkString, DrainChars},
    vec::{BlinkVec, IntoItems},
};
#[cfg(target_has_atomic = "ptr")]
pub use self::{
    sync::{LocalBlinkAlloc, SyncBlinkAlloc, SyncMark},
    sync_blink::{Shared, SyncBlink},
};
