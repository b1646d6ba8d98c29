//! What is lent is made around an arena by this crate alone.

use blink_alloc::{BlinkAlloc, BlinkAllocCache, Pooled, SyncBlink};

struct Mine(BlinkAlloc);

impl Pooled for Mine {
    type Base = allocator_api2::alloc::Global;

    fn around(arena: BlinkAlloc) -> Self {
        Self(arena)
    }

    fn into_arena(self) -> BlinkAlloc {
        self.0
    }
}

fn main() {
    let cache = BlinkAllocCache::new();
    cache.get_as::<SyncBlink>(BlinkAlloc::new);
}
