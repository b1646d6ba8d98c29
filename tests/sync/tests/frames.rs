//! Frames over shared and local arenas: each ends with the arena as it was.

use allocator_api2::alloc::Layout;
use blink_alloc::{Blink, Frame, Rewind, SyncBlinkAlloc};
use blink_sync_tests::{
    base::Base,
    threads::{THREADS, at_once},
};
use blink_tests::{
    block::{Block, layout},
    time::budget,
};

/// Frames in frames, across chunks; what the outer ones hold stays.
fn descend<A: Rewind>(frame: &mut Frame<'_, A>, depth: usize) {
    let mine = frame.fill(37 * depth, depth as u8);
    for size in [10, 300, 1500] {
        if depth > 0 {
            let mut guard = frame.enter();
            guard.frame().fill(size, 0xee_u8);
            descend(guard.frame(), depth - 1);
        }
        frame.scope(|frame| {
            frame.put(vec![1_u8; 10]);
            frame.fill(size, 0xdd_u8);
        });
    }
    assert!(mine.iter().all(|&byte| byte == depth as u8));
}

/// A blink whose frames have been to the bottom, and what the arena has then.
fn check<A: Rewind>(blink: &mut Blink<A>, used: impl Fn(&A) -> usize, calls: impl Fn() -> usize) {
    let kept = blink.put([3_u8; 100]) as *const [u8; 100];
    let before = used(blink.allocator());
    descend(&mut blink.as_frame(), 3);
    let chunks = calls();
    for _ in 0..budget(20) {
        blink.scope(|frame| descend(frame, 3));
        let mut guard = blink.enter();
        descend(guard.frame(), 3);
    }
    assert_eq!(calls(), chunks, "frames in a loop take no more");
    assert!(used(blink.allocator()) >= before);
    // SAFETY: put before all frames, and not dropped since.
    assert_eq!(unsafe { *kept }, [3_u8; 100]);
}

#[test]
fn of_a_shared_arena() {
    for first in [0, 512, 4096] {
        let base = Base::new();
        let shared = SyncBlinkAlloc::with_chunk_size_in(first, base.clone());
        let mut blink = Blink::new_in(shared);
        for _ in 0..3 {
            check(&mut blink, SyncBlinkAlloc::allocated_bytes, || base.calls());
            blink.reset();
        }
    }
}

#[test]
fn of_a_borrowed_shared_arena() {
    let base = Base::new();
    let mut shared = SyncBlinkAlloc::new_in(base.clone());
    for _ in 0..3 {
        let mut blink = Blink::new_in(&mut shared);
        check(
            &mut blink,
            |shared| shared.allocated_bytes(),
            || base.calls(),
        );
    }
}

#[test]
fn of_local_arenas_on_threads() {
    let mut shared = SyncBlinkAlloc::new_in(Base::new());
    for _ in 0..3 {
        at_once(THREADS, |_| {
            let mut blink = Blink::new_in(shared.local());
            check(&mut blink, |local| local.allocated_bytes(), || 0);
        });
        // Some tens of KiB each.
        assert!(shared.allocated_bytes() < THREADS * (1 << 20));
        shared.reset();
    }
}

/// Threads fill the shared arena between two marks; the rewind frees what they took.
#[test]
fn marks_around_threads() {
    let base = Base::new();
    let shared = SyncBlinkAlloc::with_chunk_size_in(512, base.clone());
    let outer = Block::new(&shared, layout(100, 8), 5).unwrap();
    let mut calls = 0;
    for round in 0..budget(200) {
        let (mark, used) = (shared.mark(), shared.allocated_bytes());
        at_once(THREADS, |number| {
            let local = shared.local();
            for size in 0..50 {
                Block::new(&shared, layout(size, 8), number as u8)
                    .unwrap()
                    .check();
                Block::new(&local, layout(size, 8), number as u8)
                    .unwrap()
                    .check();
            }
        });
        // SAFETY: no block since the mark is used any more, nor a local arena, and the threads
        // have ended.
        unsafe { shared.rewind(mark) };
        assert_eq!(shared.allocated_bytes(), used);
        outer.check();
        // Late threads may find another chunk too small, once each.
        assert!(round < 20 || base.calls() <= calls + 1);
        calls = base.calls();
    }
    assert!(base.blocks() < 20, "{}", shared.stats());
}

/// A rewind to where there was no chunk yet, and to the end of a full one.
#[test]
fn marks_at_the_edges() {
    let shared = SyncBlinkAlloc::with_chunk_size_in(0, Base::new());
    for _ in 0..3 {
        let empty = shared.mark();
        shared.allocate(Layout::new::<[u64; 2]>()).unwrap();
        let full = shared.mark();
        for _ in 0..3 {
            for _ in 0..5 {
                shared.allocate(Layout::new::<[u64; 5]>()).unwrap();
            }
            // SAFETY: of this arena, and the blocks since are not used.
            unsafe { shared.rewind(full) };
        }
        // SAFETY: as above.
        unsafe { shared.rewind(empty) };
        assert_eq!(shared.allocated_bytes(), 0);
        assert!(shared.stats().chunks() < 8);
    }
}

/// Leases that come back in a frame are gone with it, if they are of its memory.
#[test]
fn leases_in_a_rewound_arena_do_not_overlap() {
    let shared = SyncBlinkAlloc::new_in(Base::new());
    let use_local = |number| {
        let local = shared.local();
        Block::new(&local, layout(100, 8), number).unwrap().check();
    };
    for round in 0..budget(50) {
        use_local(1);
        let mark = shared.mark();
        let all: [_; 2] = [shared.local(), shared.local()];
        all.iter()
            .for_each(|local| drop(Block::new(local, layout(100, 8), 2)));
        drop(all);
        // SAFETY: of this arena; blocks and local arenas since have ended.
        unsafe { shared.rewind(mark) };
        let direct = Block::new(&shared, layout(30_000, 8), round as u8).unwrap();
        at_once(2, |_| use_local(3));
        direct.check();
    }
}

/// A lease that waits from before a frame is of memory that the frame's end does not free.
#[test]
fn leases_from_before_a_frame_are_leased_again() {
    let mut blink = Blink::new_in(SyncBlinkAlloc::new_in(Base::new()));
    for _ in 0..1000 {
        blink.allocator().local().allocate(layout(100, 8)).unwrap();
        blink.scope(|frame| *frame.put(1));
    }
    let used = blink.allocator().allocated_bytes();
    assert!(used < 1 << 20, "{used} bytes are leased");
}

/// A lease that took the place of a block from before the mark, and ends behind it.
#[test]
fn a_lease_over_a_mark_is_not_leased_again() {
    let shared = SyncBlinkAlloc::new_in(Base::new());
    shared.reserve(100_000);
    let freed = layout(800, 8);
    let block = shared.allocate(freed).unwrap();
    let mark = shared.mark();
    // SAFETY: its block, with its size.
    unsafe { shared.deallocate(block.cast(), freed.size()) };
    Block::new(&shared.local(), layout(40, 8), 1)
        .unwrap()
        .check();
    // SAFETY: its mark, and nothing that was allocated since is used any more.
    unsafe { shared.rewind(mark) };

    let local = shared.local();
    let leased = Block::new(&local, layout(12_000, 8), 2).unwrap();
    let direct = Block::new(&shared, layout(512, 8), 3).unwrap();
    assert!(leased.end() <= direct.addr() || direct.end() <= leased.addr());
    leased.check();
    direct.check();
}
