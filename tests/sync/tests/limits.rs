//! Sizes at the edge of what there is, by all ways to say them. The arena works afterwards.

use allocator_api2::alloc::Layout;
use blink_alloc::SyncBlinkAlloc;
use blink_sync_tests::{
    base::Base,
    threads::{THREADS, at_once},
};
use blink_tests::block::{Block, assert_disjoint, layout};

const MOST: usize = isize::MAX as usize;

const SIZES: [usize; 16] = [
    0,
    1,
    7,
    8,
    1023,
    1024,
    1025,
    (16 << 10) - 1,
    (64 << 10) + 1,
    MOST / 2,
    MOST - 15,
    MOST,
    MOST + 1,
    usize::MAX - 127,
    usize::MAX - 1,
    usize::MAX,
];

/// Panics unless the arena serves blocks, directly and by leases.
fn assert_works(shared: &SyncBlinkAlloc<Base>) {
    at_once(2, |number| {
        let local = shared.local();
        let leased = [16, 5000, 30_000].map(|size| Block::new(&local, layout(size, 8), 3).unwrap());
        let direct = [16, 5000, 30_000].map(|size| Block::new(shared, layout(size, 8), 4).unwrap());
        assert_disjoint(&leased);
        assert_disjoint(&direct);
        for (one, other) in leased.iter().zip(&direct) {
            one.check();
            other.check();
        }
        assert!(local.total_capacity() < 1 << 20, "thread {number}");
    });
    assert!(shared.total_capacity() < 2 << 20, "{}", shared.stats());
}

#[test]
fn hints_for_local_arenas() {
    for size in SIZES {
        let shared = SyncBlinkAlloc::new_in(Base::new());
        shared.update_max_local_alloc(size);
        assert_works(&shared);
        let local = shared.local();
        local.allocate(Layout::new::<u64>()).unwrap();
        let first = local.total_capacity();
        assert!(((16 << 10) - 64..64 << 10).contains(&first), "{first}");
    }
    let shared = SyncBlinkAlloc::new_in(Base::new());
    at_once(THREADS, |number| {
        for at in 0..SIZES.len() {
            shared.update_max_local_alloc(SIZES[(at + 3 * number) % SIZES.len()]);
        }
    });
    assert_works(&shared);
}

#[test]
fn sizes_of_the_first_chunk() {
    for size in SIZES {
        if size < 1 << 20 {
            assert_works(&SyncBlinkAlloc::with_chunk_size_in(size, Base::new()));
        }
        // Above what can be had it is the most that can.
        let base = Base::new();
        base.refuse(1, 34);
        let shared = SyncBlinkAlloc::with_chunk_size_in(size, base.clone());
        assert!(shared.allocate(layout(100, 8)).is_err() || size >= 1 << 20);
        base.obey();
        assert!(shared.allocate(layout(100, 8)).is_ok());
    }
}

#[test]
fn reserving() {
    for size in SIZES {
        let shared = SyncBlinkAlloc::new_in(Base::new());
        let results = at_once(THREADS, |_| {
            let local = shared.local();
            (shared.try_reserve(size), local.try_reserve(size))
        });
        for (direct, leased) in results {
            assert_eq!(direct.is_ok(), size < MOST / 2);
            assert_eq!(leased.is_ok(), size < MOST / 2);
        }
        assert_works(&shared);
    }
}

#[test]
fn limits() {
    for size in SIZES {
        let shared = SyncBlinkAlloc::new_in(Base::new());
        at_once(THREADS, |_| {
            shared.set_limit(Some(size));
            _ = shared.allocate(layout(100, 8));
            _ = shared.local().allocate(layout(100, 8));
        });
        assert!(shared.total_capacity() <= size);
        shared.set_limit(None);
        assert_works(&shared);
    }
}

#[test]
fn resets_to_a_size() {
    for size in SIZES {
        let mut shared = SyncBlinkAlloc::new_in(Base::new());
        for _ in 0..3 {
            assert_works(&shared);
            shared.reset_to(size);
            assert!(shared.total_capacity() <= size);
        }
    }
}

/// Layouts that no arena serves.
fn absurd() -> impl Iterator<Item = Layout> {
    let aligns = [1, 8, 16, 4096, 1 << 40, 1 << 62];
    aligns.into_iter().flat_map(|align| {
        let most = MOST - (align - 1);
        [most, most - 1, most - 8, most / 2 + 1]
            .into_iter()
            .filter(|&size| size > MOST / 4)
            .map(move |size| layout(size, align))
    })
}

#[test]
fn refused_requests_leave_the_cursor_where_it_is() {
    let base = Base::new();
    let shared = SyncBlinkAlloc::new_in(base.clone());
    let first = shared.allocate(layout(8, 8)).unwrap();
    let before = shared.stats();
    at_once(THREADS, |_| {
        for _ in 0..10 {
            for layout in absurd() {
                assert!(shared.allocate(layout).is_err());
            }
        }
    });
    assert_eq!(shared.stats(), before);
    let next = shared.allocate(layout(8, 8)).unwrap();
    assert_eq!(
        next.addr().get(),
        first.addr().get() + 8 + blink_tests::RED_ZONE
    );
}

#[test]
fn refused_requests_beside_small_ones() {
    let shared = SyncBlinkAlloc::with_chunk_size_in(512, Base::new());
    at_once(THREADS, |number| {
        let local = shared.local();
        let mut blocks = Vec::new();
        for layout in absurd().chain(absurd()) {
            assert!(shared.allocate(layout).is_err());
            assert!(local.allocate(layout).is_err());
            for size in [1, 8, 100] {
                let layout = blink_tests::block::layout(size, 8);
                let mut block = Block::new(&shared, layout, number as u8).unwrap();
                let large = blink_tests::block::layout(MOST - 7, 8);
                assert!(block.grow(large).is_err());
                blocks.push(block);
            }
        }
        blocks.iter().for_each(Block::check);
    });
    // Requests that a chunk cannot serve take none.
    let used = shared.allocated_bytes();
    assert!(shared.total_capacity() < 4 * used);
}

/// Requests that an addition would serve, where no chunk can be had: the room stays for others.
#[test]
fn refused_additions_do_not_wrap() {
    let shared = SyncBlinkAlloc::with_chunk_size_in(512, Base::new());
    let one = Block::new(&shared, layout(8, 8), 1).unwrap();
    shared.set_limit(Some(0));
    at_once(THREADS, |_| {
        for _ in 0..100_000 {
            assert!(shared.allocate(layout(1024, 8)).is_err());
        }
    });
    let other = Block::new(&shared, layout(8, 8), 2).unwrap();
    assert_disjoint(&[one, other]);
}
