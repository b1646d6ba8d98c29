//! Blocks: what they hold, where they lie, and what happens to their memory.

use std::thread;

use allocator_api2::alloc::{Allocator, Global, Layout};
use blink_alloc::{BlinkAlloc, SyncBlinkAlloc};
use blink_tests::{
    RED_ZONE,
    arena::{Arena, ArenaOver, Leased},
    base::{Base, Shape},
    block::{Block, layout},
    every_arena, every_kind, taken,
};

const SIZES: [usize; 12] = [0, 1, 2, 7, 8, 9, 16, 17, 48, 100, 513, 5000];
const ALIGNS: [usize; 7] = [1, 2, 8, 16, 32, 64, 4096];

fn layouts() -> impl Iterator<Item = Layout> + Clone {
    ALIGNS
        .into_iter()
        .flat_map(|align| SIZES.map(|size| layout(size, align)))
}

fn pairs() -> impl Iterator<Item = (Layout, Layout)> {
    layouts().flat_map(|from| layouts().map(move |to| (from, to)))
}

/// Where a block lies when it is resized.
#[derive(Clone, Copy, Debug)]
enum Place {
    Tip,
    /// Another block behind it.
    Inside,
    /// At the end of a chunk, the tip.
    End,
}

const PLACES: [Place; 3] = [Place::Tip, Place::Inside, Place::End];

/// Bytes left in the chunk in use, if there is no other chunk.
fn rest<A: Arena>(arena: &A) -> usize {
    arena.total_capacity() - arena.allocated_bytes()
}

/// Fills the one chunk so far that a block of `size` bytes has just room.
fn fill<A: Arena>(arena: &A, size: usize) {
    let filler = rest(arena) - taken(size, A::MIN) - RED_ZONE;
    arena.allocate(layout(filler, 1)).unwrap();
    assert_eq!(rest(arena), taken(size, A::MIN));
}

/// Resizes a block, between neighbours that must not change.
fn resize<A: Arena>(arena: &A, place: Place, from: Layout, to: Layout) {
    arena.reserve(40_000);
    let before = Block::new(arena, layout(13, 1), 1).unwrap();
    if let Place::End = place {
        fill(arena, from.size());
    }
    let mut block = Block::new(arena, from, 2).unwrap();
    let behind = match place {
        Place::Inside => Some(Block::new(arena, layout(5, 1), 3).unwrap()),
        Place::Tip | Place::End => None,
    };

    let addr = block.addr();
    if to.size() >= from.size() {
        block.grow(to).unwrap();
    } else {
        block.shrink(to).unwrap();
        let moved = block.addr() != addr;
        assert!(
            !moved || !addr.is_multiple_of(to.align()),
            "moved without need"
        );
    }
    let after = Block::new(arena, layout(7, 1), 4).unwrap();
    before.check();
    behind.iter().for_each(Block::check);
    after.check();
    block.free();
    after.check();
}

#[test]
fn every_layout_becomes_every_other() {
    fn check<A: Arena>(mut arena: A) {
        for (from, to) in pairs() {
            for place in PLACES {
                resize(&arena, place, from, to);
                // Chunks that were filled to the end would double for ever.
                arena.reset_to(100_000);
            }
        }
    }
    every_arena!(check);
}

#[test]
fn every_layout_becomes_every_other_in_fresh_arenas() {
    fn check<A: Arena>(arena: A) {
        for (from, to) in pairs().step_by(7) {
            for place in PLACES {
                let fresh = arena.again();
                resize(&fresh, place, from, to);
            }
        }
    }
    every_arena!(check);
}

#[test]
fn resize_is_grow_and_shrink() {
    fn check<A: Arena>(mut arena: A) {
        for (from, to) in pairs() {
            let old = arena.allocate(from).unwrap();
            // SAFETY: a new block of this many bytes.
            unsafe { old.cast::<u8>().write_bytes(0x5a, from.size()) };
            // SAFETY: the block has the layout and is not used afterwards.
            let new = unsafe { arena.resize(old.cast(), from, to) }.unwrap();
            assert_eq!(new.len(), to.size());
            assert_eq!(new.cast::<u8>().addr().get() % to.align(), 0);
            let kept = new.cast::<[u8; 1]>();
            for at in 0..from.size().min(to.size()) {
                // SAFETY: within the block.
                let byte = unsafe { kept.add(at) };
                // SAFETY: these bytes were written before the resize.
                assert_eq!(unsafe { byte.read() }, [0x5a]);
            }
            arena.reset();
        }
    }
    every_arena!(check, [Base::plain(), Base::new(Shape::Crooked)]);
}

#[test]
fn a_shrink_of_an_aligned_block_neither_moves_nor_fails() {
    fn check<A: Arena>(mut arena: A) {
        for (from, to) in pairs().filter(|(from, to)| to.size() <= from.size()) {
            for behind in [0, 40] {
                let mut block = Block::new(&arena, from, 9).unwrap();
                arena.allocate(layout(behind, 1)).unwrap();
                arena.inner().refuse_all();
                arena.set_limit(Some(0));
                let addr = block.addr();
                if addr.is_multiple_of(to.align()) {
                    block.shrink(to).unwrap();
                    assert_eq!(block.addr(), addr, "{from:?} to {to:?}");
                } else if block.shrink(to).is_err() {
                    // It had to move: on error the block is what it was.
                    assert_eq!((block.addr(), block.layout()), (addr, from));
                    block.check();
                }
                arena.set_limit(None);
                arena.inner().obey();
                arena.reset();
            }
        }
    }
    every_arena!(check);
}

#[test]
fn a_freed_tip_is_used_again() {
    fn check<A: Arena>(arena: A) {
        arena.reserve(100_000);
        for layout in layouts().filter(|layout| layout.size() > 0) {
            let block = Block::new(&arena, layout, 1).unwrap();
            let (addr, used) = (block.addr(), arena.allocated_bytes());
            block.free();
            let block = Block::new(&arena, layout, 2).unwrap();
            assert_eq!(block.addr(), addr);
            assert_eq!(arena.allocated_bytes(), used);
        }
    }
    every_arena!(check);
}

#[test]
fn blocks_freed_newest_first_are_all_used_again() {
    fn check<A: Arena>(arena: A) {
        arena.reserve(100_000);
        let mut expected = Vec::new();
        for _ in 0..3 {
            let mut blocks: Vec<_> = (1..100)
                .map(|size| Block::new(&arena, layout(size, 1), size as u8).unwrap())
                .collect();
            let addrs: Vec<_> = blocks.iter().map(Block::addr).collect();
            while let Some(block) = blocks.pop() {
                block.free();
            }
            assert_eq!(arena.allocated_bytes(), 0);
            assert!(expected.is_empty() || expected == addrs);
            expected = addrs;
        }
    }
    every_arena!(check);
}

#[test]
fn a_block_that_is_not_the_tip_stays_unused() {
    fn check<A: Arena>(arena: A) {
        for size in [1, 8, 16, 100] {
            let old = Block::new(&arena, layout(size, 1), 1).unwrap();
            let tip = Block::new(&arena, layout(size, 1), 2).unwrap();
            old.free();
            let next = Block::new(&arena, layout(size, 1), 3).unwrap();
            assert!(next.addr() >= tip.end() || next.end() <= tip.addr());
            tip.check();
        }
    }
    every_arena!(check);
}

#[test]
fn the_tail_of_a_shrunk_tip_is_used_again() {
    fn check<A: Arena>(mut arena: A) {
        for (from, to) in [(100, 1), (100, 99), (64, 32), (17, 0), (5000, 16)] {
            arena.reserve(6000);
            let mut tip = Block::new(&arena, layout(from, 1), 1).unwrap();
            let used = arena.allocated_bytes();
            tip.shrink(layout(to, 1)).unwrap();
            let given_back = taken(from, A::MIN) - taken(to, A::MIN);
            assert_eq!(arena.allocated_bytes(), used - given_back);
            let next = Block::new(&arena, layout(1, 1), 2).unwrap();
            assert_eq!(next.addr(), tip.addr() + taken(to, A::MIN));
            tip.check();
            next.check();
            arena.reset();
        }
    }
    every_arena!(check);
}

#[test]
fn the_tip_grows_in_place_up_to_the_end_of_the_chunk() {
    fn check<A: Arena>(arena: A) {
        arena.reserve(1000);
        let (calls, chunks) = (arena.own_calls(), arena.stats().chunks());
        let mut tip = Block::new(&arena, layout(1, 1), 1).unwrap();
        let (addr, most) = (tip.addr(), arena.total_capacity() - RED_ZONE);
        for size in [2, 9, 100, most - 1, most] {
            tip.grow(layout(size, 1)).unwrap();
            assert_eq!(tip.addr(), addr);
        }
        assert_eq!(rest(&arena), 0);
        assert_eq!((arena.own_calls(), arena.stats().chunks()), (calls, chunks));

        tip.grow(layout(most + 1, 1)).unwrap();
        assert_ne!(tip.addr(), addr, "the chunk has no more");
        assert_eq!(arena.own_calls(), calls + usize::from(A::DIRECT));
        assert_eq!(arena.stats().chunks(), chunks + 1);
    }
    every_arena!(check);
}

#[test]
fn zeroed_blocks_are_zero_in_dirty_memory() {
    fn check<A: Arena>(mut arena: A) {
        for (from, to) in pairs() {
            if from.size() > to.size() {
                continue;
            }
            // The chunk is dirty from what was there before the reset.
            Block::new(&arena, layout(20_000, 1), 7).unwrap();
            arena.reset();

            let mut tip = Block::zeroed(&arena, from, 1).unwrap();
            tip.grow_zeroed(to).unwrap();
            let mut inside = Block::zeroed(&arena, from, 2).unwrap();
            let other = Block::zeroed(&arena, to, 3).unwrap();
            inside.grow_zeroed(to).unwrap();
            tip.check();
            other.check();
        }
    }
    every_arena!(check);
}

#[test]
fn empty_blocks_need_no_chunk() {
    fn check<A: Arena>(mut arena: A) {
        let aligns = (0..usize::BITS).map(|bit| 1 << bit);
        for align in aligns {
            let empty = layout(0, align);
            let mut block = Block::new(&arena, empty, 1).unwrap();
            block.grow(empty).unwrap();
            block.grow_zeroed(empty).unwrap();
            block.shrink(empty).unwrap();
            block.grow(layout(0, 1)).unwrap();
            block.grow(layout(0, 64)).unwrap();
            block.shrink(layout(0, 1)).unwrap();
            block.shrink(layout(0, 128)).unwrap();
            Block::zeroed(&arena, empty, 2).unwrap().free();
            block.free();
            arena.reset();
            arena.reset_to(0);
            arena.reset_to(usize::MAX);
            arena.reset_final();
        }
        assert_eq!(arena.inner().calls(), 0);
    }
    every_arena!(check);
}

#[test]
fn every_method_works_on_the_empty_arena() {
    fn check<A: Arena>(mut arena: A) {
        arena.reset();
        arena.reset_to(0);
        arena.reset_final();
        // SAFETY: nothing was allocated.
        unsafe { arena.reset_unchecked() };
        arena.reserve(0);
        arena.try_reserve(0).unwrap();
        assert_eq!(arena.allocated_bytes(), 0);
        assert_eq!(arena.total_capacity(), 0);
        assert_eq!(arena.stats().chunks(), 0);
        assert_eq!(arena.stats().iter().count(), 0);
        assert_eq!(arena.stats().to_string(), "0 chunks, 0 of 0 bytes used");
        assert!(format!("{arena:?}").starts_with(A::NAME));
        assert_eq!(arena.limit(), None);
        assert_eq!(arena.inner().calls(), 0);
        assert_eq!(arena.into_inner().calls(), 0);
    }
    every_arena!(check);
}

#[test]
fn an_empty_block_grows_into_a_real_one() {
    fn check<A: Arena>(arena: A) {
        for to in layouts() {
            for align in ALIGNS {
                let fresh = arena.again();
                let mut first = Block::new(&fresh, layout(0, align), 1).unwrap();
                let mut second = Block::new(&fresh, layout(0, align), 2).unwrap();
                first.grow(to).unwrap();
                second.grow_zeroed(to).unwrap();
                first.check();
                let mut third = Block::new(&fresh, layout(0, align), 3).unwrap();
                first.free();
                third.grow(to).unwrap();
                second.check();
                third.shrink(layout(0, align)).unwrap();
                third.free();
                second.free();
            }
        }
    }
    every_arena!(check);
}

/// Everything that an arena without chunks does at its record of no chunk.
fn use_without_chunks<A: ArenaOver<Global>>() {
    for round in 0..1000 {
        let mut arena = A::over(Global);
        arena.set_limit(Some(0));
        for align in [1, 16, 4096] {
            let empty = layout(0, align);
            let mut block = Block::new(&arena, empty, 1).unwrap();
            block.shrink(layout(0, 8)).unwrap();
            assert!(block.grow(layout(1, 1)).is_err());
            assert!(arena.allocate(layout(round + 1, align)).is_err());
            block.free();
        }
        assert!(arena.try_reserve(1).is_err());
        arena.reset();
        arena.reset_to(round);
        arena.reset_final();
        assert_eq!((arena.allocated_bytes(), arena.total_capacity()), (0, 0));
    }
}

#[test]
fn the_record_of_no_chunk_is_never_written() {
    // It is shared by all threads and in memory that cannot be written: a write would end the
    // program, and a change would show in the other arenas.
    let all: Vec<_> = (0..2)
        .flat_map(|_| {
            [
                thread::spawn(use_without_chunks::<BlinkAlloc<_, 1>>),
                thread::spawn(use_without_chunks::<BlinkAlloc<_, 16>>),
                thread::spawn(use_without_chunks::<SyncBlinkAlloc<_>>),
                thread::spawn(use_without_chunks::<Leased<_>>),
            ]
        })
        .collect();
    for thread in all {
        thread.join().unwrap();
    }
}

#[test]
fn an_arena_moves_to_another_thread_with_its_blocks() {
    let mut arena = BlinkAlloc::new();
    let first = Block::new(&arena, layout(300, 8), 1).unwrap().addr();
    arena.reset();
    let arena = thread::spawn(move || {
        let moved = arena;
        let again = Block::new(&moved, layout(300, 8), 2).unwrap();
        assert_eq!(again.addr(), first);
        Block::new(&moved, layout(5000, 8), 3).unwrap();
        moved
    });
    let arena = arena.join().unwrap();
    Block::new(&arena, layout(100, 8), 4).unwrap().free();
}

#[test]
fn blocks_of_two_chunks_are_not_taken_for_neighbours() {
    // A block at the end of one chunk, freed when another one is in use, must not move the
    // cursor of that.
    fn check<A: Arena>(arena: A) {
        arena.reserve(100);
        let whole = layout(rest(&arena) - RED_ZONE, 1);
        let full = Block::new(&arena, whole, 1).unwrap();
        let next = Block::new(&arena, layout(10, 1), 2).unwrap();
        let used = arena.allocated_bytes();
        full.free();
        assert_eq!(arena.allocated_bytes(), used);
        let last = Block::new(&arena, layout(10, 1), 3).unwrap();
        next.check();
        last.check();
    }
    every_arena!(check);
}

#[test]
fn by_reference_and_by_value_the_arena_is_the_same_allocator() {
    fn addr(alloc: &impl Allocator) -> usize {
        let block = Block::new(alloc, layout(24, 8), 1).unwrap();
        let addr = block.addr();
        block.free();
        addr
    }
    fn check<A: Arena>(mut arena: A) {
        // So that the blocks are in one chunk.
        arena.reserve(100);
        let by_value = addr(&arena);
        assert_eq!(addr(&&arena), by_value);
        assert_eq!(addr(&&&arena), by_value);
        assert_eq!(addr(&&mut arena), by_value);
    }
    every_arena!(check);
}

#[test]
fn an_unchecked_reset_is_a_reset() {
    fn check<A: Arena>(arena: A) {
        for sizes in [[10, 100], [5000, 70_000], [70_000, 5000], [1, 1]] {
            for _ in 0..3 {
                let blocks = sizes.map(|size| Block::new(&arena, layout(size, 8), 1).unwrap());
                blocks.iter().for_each(Block::check);
                // SAFETY: the blocks are not used any more.
                unsafe { arena.reset_unchecked() };
                assert_eq!(arena.allocated_bytes(), 0);
            }
            // The second cycle of equal ones settles, and keeps its place.
            let first = Block::new(&arena, layout(1, 1), 1).unwrap().addr();
            // SAFETY: as above.
            unsafe { arena.reset_unchecked() };
            let again = Block::new(&arena, layout(1, 1), 1).unwrap().addr();
            assert_eq!(first, again);
        }
    }
    every_arena!(check);
}

#[test]
fn over_provided_memory_is_used() {
    fn check<A: Arena>() {
        let base = Base::new(Shape::Generous);
        let mut most = 0;
        for _ in 0..8 {
            let arena = A::over(base.clone());
            Block::new(&arena, layout(1, 1), 1).unwrap();
            most = most.max(arena.total_capacity());
            // All of the room is really there.
            let room = rest(&arena) - RED_ZONE;
            let calls = base.calls();
            Block::new(&arena, layout(room, 1), 2).unwrap();
            assert_eq!(rest(&arena), 0);
            assert_eq!(base.calls(), calls);
        }
        // A lease is what was asked for; what else the chunk has is for others.
        assert!(!A::DIRECT || most > 2 * A::FIRST - A::RECORD);
    }
    every_kind!(check());
}
