//! Threads that fill a fresh arena at once take the chunks that one thread takes, and one more
//! at most.

use allocator_api2::alloc::Layout;
use blink_alloc::SyncBlinkAlloc;
use blink_sync_tests::{
    base::Base,
    threads::{THREADS, at_once},
};
use blink_tests::{block::layout, taken, time::budget};

/// Chunks and bytes after `threads` threads have taken `count` blocks each.
fn fill(threads: usize, count: usize, layout: Layout, slow: bool) -> (usize, usize) {
    let base = if slow { Base::slow() } else { Base::new() };
    let arena = SyncBlinkAlloc::with_chunk_size_in(512, base.clone());
    at_once(threads, |_| {
        for _ in 0..count {
            arena.allocate(layout).unwrap();
        }
    });
    let stats = arena.stats();
    assert_eq!(stats.chunks(), base.blocks());
    assert_eq!(base.calls(), base.blocks(), "no chunk was taken in vain");
    assert!(stats.used() >= threads * count * layout.size());
    (base.blocks(), base.bytes())
}

/// Compares several threads with one that takes as much. The step that the chunks have come to
/// is the largest there may be one more of.
fn compare(count: usize, layout: Layout, rounds: usize, slow: bool) {
    let (chunks, bytes) = fill(1, THREADS * count, layout, false);
    for _ in 0..rounds {
        let (all_chunks, all_bytes) = fill(THREADS, count, layout, slow);
        assert!(
            all_chunks <= chunks + 1,
            "{all_chunks} chunks, not {chunks}"
        );
        // Chunks double: one more has as much as all before it, and the first size.
        assert!(
            all_bytes <= 2 * bytes + 512,
            "{all_bytes} bytes, not {bytes}"
        );
    }
}

#[test]
fn of_small_blocks() {
    compare(500, Layout::new::<u64>(), budget(300), false);
    compare(1, Layout::new::<u64>(), budget(300), false);
}

#[test]
fn of_blocks_near_the_chunk_size() {
    for size in [250, 330, 336, 340, 1000, 1024, 1025] {
        compare(20, layout(size, 8), budget(100), false);
    }
}

#[test]
fn of_aligned_blocks() {
    compare(100, layout(40, 32), budget(200), false);
}

/// With a base allocator that is slow enough for all threads to come to the full chunk.
#[test]
fn while_the_base_allocator_is_slow() {
    compare(10, layout(100, 8), budget(50), true);
    compare(1, layout(8, 8), budget(50), true);
}

/// What they take is there afterwards: the same work again calls nobody.
#[test]
fn again_after_resets() {
    let base = Base::new();
    let mut arena = SyncBlinkAlloc::new_in(base.clone());
    let mut work = |calls: Option<usize>| {
        at_once(THREADS, |_| {
            for _ in 0..1000 {
                arena.allocate(Layout::new::<[u64; 3]>()).unwrap();
            }
        });
        arena.reset();
        assert!(calls.is_none_or(|calls| calls == base.calls()));
    };
    for _ in 0..3 {
        work(None);
    }
    let calls = base.calls();
    for _ in 0..budget(100) {
        work(Some(calls));
    }
}

/// A chunk that is reserved serves all threads.
#[test]
fn what_is_reserved() {
    for _ in 0..budget(300) {
        let base = Base::new();
        let arena = SyncBlinkAlloc::with_capacity_in(THREADS * 100 * taken(64, 8), base.clone());
        at_once(THREADS, |_| {
            for _ in 0..100 {
                arena.allocate(layout(64, 8)).unwrap();
            }
        });
        assert_eq!(base.calls(), 1);
    }
}
