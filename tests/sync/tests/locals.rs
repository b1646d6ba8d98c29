//! Local arenas that come and go: what they lease comes back, and is leased again.

use std::mem;

use blink_alloc::{LocalBlinkAlloc, SyncBlinkAlloc};
use blink_sync_tests::{
    base::Base,
    threads::{THREADS, at_once},
};
use blink_tests::{
    CHECKED,
    block::{Block, assert_disjoint, layout},
    random::Random,
    taken,
    time::budget,
};

/// What a local arena leases first, with the record of the lease.
const LEASE: usize = (16 << 10) + 16;

/// One small block.
fn use_local(shared: &SyncBlinkAlloc<Base>, number: usize) {
    let local = shared.local();
    let block = Block::new(&local, layout(40, 8), number as u8).unwrap();
    block.check();
}

fn use_often(shared: &SyncBlinkAlloc<Base>, rounds: usize) {
    for round in 0..rounds {
        use_local(shared, round);
    }
}

#[test]
fn one_after_the_other_share_a_lease() {
    let base = Base::new();
    let shared = SyncBlinkAlloc::new_in(base.clone());
    use_local(&shared, 0);
    let (calls, used) = (base.calls(), shared.allocated_bytes());
    use_often(&shared, budget(10_000));
    assert_eq!(base.calls(), calls);
    assert_eq!(shared.allocated_bytes(), used);
    assert!(CHECKED || used == LEASE);
}

#[test]
fn on_threads_there_are_as_many_leases_as_threads() {
    let base = Base::new();
    let shared = SyncBlinkAlloc::new_in(base.clone());
    at_once(THREADS, |_| use_often(&shared, budget(10_000)));
    let used = shared.allocated_bytes();
    assert!(
        used <= THREADS * taken(LEASE, 16),
        "{used} bytes are leased"
    );
    assert!(base.bytes() <= 4 * THREADS * LEASE, "{base:?}");
}

#[test]
fn with_shared_resets_memory_stays() {
    for threads in [1, THREADS] {
        let base = Base::new();
        let mut shared = SyncBlinkAlloc::new_in(base.clone());
        let mut most = 0;
        for cycle in 0..budget(100) {
            at_once(threads, |_| use_often(&shared, 100));
            shared.reset();
            // Threads may meet later than in the first cycles.
            assert!(base.bytes() <= 4 * threads * LEASE, "{base:?}");
            most = most.max(base.calls());
            assert!(threads > 1 || cycle < 3 || base.calls() == most);
        }
    }
}

/// Blocks of many sizes, in several leases at a time.
fn fill(local: &LocalBlinkAlloc<'_, Base>, random: &mut Random) {
    let mut blocks = Vec::new();
    for _ in 0..20 {
        let layout = layout(random.scaled(20_000), random.power(64));
        blocks.push(Block::new(local, layout, 7).unwrap());
    }
    assert_disjoint(&blocks);
    blocks.iter().for_each(Block::check);
}

#[test]
fn blocks_of_all_sizes_do_not_pile_up() {
    let shared = SyncBlinkAlloc::new_in(Base::new());
    at_once(THREADS, |number| {
        let mut random = Random::new(number as u64);
        for _ in 0..budget(500) {
            fill(&shared.local(), &mut random);
        }
    });
    // A thread holds at most some 200 KiB at a time.
    let used = shared.allocated_bytes();
    assert!(used < 10 * THREADS * (200 << 10), "{used} bytes are leased");
}

/// Each a little larger than those that wait.
#[test]
fn blocks_that_grow_from_one_arena_to_the_next_do_not_pile_up() {
    let shared = SyncBlinkAlloc::new_in(Base::new());
    for round in 0..3000 {
        let size = (16 << 10) + 16 * round;
        shared.local().allocate(layout(size, 8)).unwrap();
    }
    // One local arena at a time, with a block of at most 64 KiB.
    let used = shared.allocated_bytes();
    assert!(used < 1 << 20, "{used} bytes are leased");
}

#[test]
fn resets_of_local_arenas_keep_their_lease() {
    let shared = SyncBlinkAlloc::new_in(Base::new());
    at_once(THREADS, |number| {
        let mut local = shared.local();
        for cycle in 0..budget(500) {
            let blocks: Vec<_> = (0..50)
                .map(|at| Block::new(&local, layout(100 * at, 8), number as u8).unwrap())
                .collect();
            assert_disjoint(&blocks);
            blocks.iter().for_each(Block::check);
            drop(blocks);
            local.reset();
            assert!(cycle < 2 || local.stats().chunks() == 1);
        }
    });
    // 120 KiB a thread, in leases that double once and one that is enough.
    let used = shared.allocated_bytes();
    assert!(used < 3 * THREADS * (200 << 10), "{used} bytes are leased");
}

#[test]
fn forgotten_ones_come_back_with_a_shared_reset() {
    let base = Base::new();
    let mut shared = SyncBlinkAlloc::new_in(base.clone());
    let mut calls = 0;
    for cycle in 0..budget(50) {
        at_once(THREADS, |number| {
            for _ in 0..10 {
                let local = shared.local();
                Block::new(&local, layout(100, 8), number as u8).unwrap();
                mem::forget(local);
            }
        });
        assert!(shared.allocated_bytes() >= THREADS * 10 * LEASE);
        shared.reset();
        assert_eq!(shared.allocated_bytes(), 0);
        // All leases are new in each cycle, so each takes the same.
        assert!(cycle < 3 || base.calls() == calls);
        calls = base.calls();
    }
}

/// What waited at a reset is not leased again, since it is free memory now.
#[test]
fn after_a_shared_reset_nothing_overlaps() {
    for leases in 1..6 {
        let mut shared = SyncBlinkAlloc::new_in(Base::new());
        for cycle in 0..budget(20) {
            at_once(leases, |number| use_local(&shared, number));
            shared.reset();
            let locals: Vec<_> = (0..leases + 1).map(|_| shared.local()).collect();
            let mut leased = Vec::new();
            let mut direct = Vec::new();
            for local in &locals {
                direct.push(Block::new(&shared, layout(9000, 8), 1).unwrap());
                leased.push(Block::new(local, layout(16_000, 8), cycle as u8).unwrap());
                direct.push(Block::new(&shared, layout(3000, 64), 2).unwrap());
            }
            leased.iter().for_each(Block::check);
            direct.iter().for_each(Block::check);
        }
    }
}

/// As above, by threads.
#[test]
fn after_a_shared_reset_nothing_overlaps_on_threads() {
    let mut shared = SyncBlinkAlloc::new_in(Base::new());
    for cycle in 0..budget(100) {
        at_once(THREADS, |number| use_local(&shared, number));
        shared.reset();
        at_once(THREADS, |number| {
            let seed = (number + cycle) as u8;
            let local = shared.local();
            let leased = Block::new(&local, layout(10_000, 8), seed).unwrap();
            let direct = Block::new(&shared, layout(5000, 8), seed).unwrap();
            use_local(&shared, 200);
            leased.check();
            direct.check();
        });
    }
}

#[test]
fn local_arenas_may_be_sent() {
    let shared = SyncBlinkAlloc::new_in(Base::new());
    let locals: Vec<_> = (0..THREADS).map(|_| shared.local()).collect();
    let addresses: Vec<_> = locals
        .iter()
        .map(|local| local.allocate(layout(64, 8)).unwrap().addr().get())
        .collect();
    std::thread::scope(|scope| {
        for local in locals {
            scope.spawn(move || Block::new(&local, layout(64, 8), 1).unwrap().free());
        }
    });
    // All have come back, and serve again.
    let again = shared.local();
    let address = again.allocate(layout(64, 8)).unwrap().addr().get();
    assert!(addresses.contains(&address));
}
