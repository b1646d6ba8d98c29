//! The cache of warm arenas: what it lends, what it takes back, and what it keeps.

mod hostile;
mod lent;
mod memory;
mod threads;

use std::{
    mem,
    ptr::NonNull,
    sync::{
        Arc, Barrier, LazyLock, Mutex,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    thread,
};

use allocator_api2::{
    alloc::{Allocator, Global, Layout},
    vec::Vec as ArenaVec,
};
use blink_alloc::{Blink, BlinkAlloc, BlinkAllocCache, Cached, SendBlink};
use blink_tests::{
    RECORD, RED_ZONE,
    base::Base,
    counting::Counting,
    drops::{panic_as_planned, planned},
    random::Random,
    time::{budget, ends},
    traced::{Log, Traced, in_threads},
};

const KIB: usize = 1 << 10;
const MIB: usize = 1 << 20;

/// A cache over a base allocator that has no default.
type Cache = BlinkAllocCache<Counting>;
type LocalBlink = Blink<BlinkAlloc<Counting>>;
type Sent = SendBlink<BlinkAlloc<Counting>>;

/// What a cache over `base` makes where no arena waits.
fn new<A: Allocator + Clone>(base: &A) -> impl FnOnce() -> BlinkAlloc<A> + use<A> {
    let base = base.clone();
    || BlinkAlloc::new_in(base)
}

fn borrow<'c>(cache: &'c Cache, base: &Counting) -> Cached<'c, Sent> {
    cache.get_as(new(base))
}

fn borrow_local<'c>(cache: &'c Cache, base: &Counting) -> Cached<'c, LocalBlink> {
    cache.get_as(new(base))
}

fn borrow_arena<'c, A: Allocator + Clone>(
    cache: &'c BlinkAllocCache<A>,
    base: &A,
) -> Cached<'c, BlinkAlloc<A>> {
    cache.get_as(new(base))
}

/// Allocates this many bytes at once.
fn take(arena: &impl Allocator, bytes: usize) {
    arena
        .allocate(Layout::array::<u8>(bytes).unwrap())
        .expect("memory");
}

/// Takes all arenas that wait, the one that is lent next first.
fn empty<A: Allocator>(cache: &BlinkAllocCache<A>) -> Vec<BlinkAlloc<A>> {
    std::iter::from_fn(|| cache.pop()).collect()
}

/// Bytes that the arenas hold which wait, in that order. They come back once more, which
/// counts for the average.
fn capacities<A: Allocator>(cache: &BlinkAllocCache<A>) -> Vec<usize> {
    let arenas = empty(cache);
    let capacities = arenas.iter().map(BlinkAlloc::total_capacity).collect();
    arenas.into_iter().rev().for_each(|arena| cache.push(arena));
    capacities
}
