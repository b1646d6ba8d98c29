//! Arenas in statics, used by threads while they are empty.

use std::ptr::NonNull;

use allocator_api2::alloc::Layout;
use blink_alloc::SyncBlinkAlloc;
use blink_sync_tests::threads::{THREADS, at_once};
use blink_tests::{
    block::{Block, layout},
    time::budget,
};

/// Every method that needs no block, and those on blocks of zero bytes.
fn touch_nothing(arena: &'static SyncBlinkAlloc) {
    for align in [1, 8, 16, 4096] {
        let none = layout(0, align);
        let block = arena.allocate(none).unwrap();
        assert_eq!(block.addr().get() % align, 0);
        // SAFETY: the block of this layout.
        let again = unsafe { arena.resize(block.cast(), none, none) }.unwrap();
        // SAFETY: the block, which ends.
        unsafe { arena.deallocate(again.cast::<u8>(), 0) };
    }
    assert_eq!(arena.stats().chunks(), 0);
    assert_eq!((arena.allocated_bytes(), arena.total_capacity()), (0, 0));
    assert_eq!(arena.limit(), None);
    arena.try_reserve(0).unwrap();
    arena.try_reserve(usize::MAX).unwrap_err();
    arena.allocate(layout(isize::MAX as usize, 1)).unwrap_err();
    let local = arena.local();
    local.allocate(layout(0, 64)).unwrap();
    drop(local);
    std::mem::forget(arena.local());
}

#[test]
fn nothing_is_touched_while_it_is_empty() {
    static ARENA: SyncBlinkAlloc = SyncBlinkAlloc::new();
    at_once(THREADS, |_| {
        for _ in 0..budget(100) {
            touch_nothing(&ARENA);
        }
    });
    assert_eq!(ARENA.stats().chunks(), 0);
}

#[test]
fn threads_fill_it_from_nothing() {
    static ARENA: SyncBlinkAlloc = SyncBlinkAlloc::with_chunk_size(1000);
    let starts = at_once(THREADS, |number| {
        let local = ARENA.local();
        let blocks: Vec<_> = (0..budget(1000))
            .map(|_| Block::new(&ARENA, Layout::new::<[u64; 2]>(), number as u8).unwrap())
            .collect();
        let leased = Block::new(&local, layout(100, 8), number as u8).unwrap();
        blocks.iter().for_each(Block::check);
        leased.check();
        blocks.iter().map(Block::addr).collect::<Vec<_>>()
    });
    let mut starts = starts.concat();
    starts.sort_unstable();
    assert!(starts.windows(2).all(|pair| pair[1] - pair[0] >= 16));
}

/// The pointer of a block of zero bytes of an empty arena, in one that is not.
#[test]
fn blocks_of_nothing_end_in_a_full_arena() {
    static ARENA: SyncBlinkAlloc = SyncBlinkAlloc::new();
    let none = layout(0, 8);
    let block: NonNull<u8> = ARENA.allocate(none).unwrap().cast();
    let first = Block::new(&ARENA, layout(8, 8), 1).unwrap();
    // SAFETY: a block of zero bytes.
    let grown = unsafe { ARENA.resize(block, none, layout(8, 8)) }.unwrap();
    // SAFETY: 8 bytes that nobody else has.
    unsafe { grown.cast::<u64>().write(0) };
    first.check();
    assert!(grown.addr().get().abs_diff(first.addr()) >= 8);
}
