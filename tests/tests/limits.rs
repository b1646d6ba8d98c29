//! Sizes at the edges of what there is, limits, and base allocators that refuse.

use std::panic::catch_unwind;

use allocator_api2::alloc::{AllocError, Layout};
use blink_alloc::{Blink, BlinkAlloc, SyncBlinkAlloc};
use blink_tests::{
    RED_ZONE,
    arena::{Arena, Leased, Renewed},
    base::{Base, Shape},
    block::{Block, layout},
    every_arena, every_kind,
    random::Random,
    taken,
    time::{budget, ends},
};

/// What the base allocators here give at most.
const CEILING: usize = 1 << 20;
const LARGEST: usize = isize::MAX as usize;

/// Sizes around every edge.
fn edges() -> impl Iterator<Item = usize> {
    let small = (0..70).chain([4095, 4096, 4097, CEILING, CEILING + 1]);
    let middle = (0..70).flat_map(|k| [LARGEST - k, LARGEST + 1 + k]);
    let large = (0..70).map(|k| usize::MAX - k);
    let powers = (20..usize::BITS).map(|bit| 1 << bit);
    small.chain(middle).chain(large).chain(powers)
}

fn capped() -> Base {
    let base = Base::plain();
    base.set_ceiling(CEILING);
    base
}

/// The arena serves requests of usual sizes.
fn assert_usable<A: Arena>(arena: &A) {
    for size in [0, 1, 30, 1000, 5000] {
        let mut block = Block::new(arena, layout(size, 8), 1).unwrap();
        let other = Block::new(arena, layout(1, 1), 2).unwrap();
        block.grow(layout(size * 2, 16)).unwrap();
        block.shrink(layout(size, 64)).unwrap();
        other.check();
        block.free();
    }
}

#[test]
fn every_chunk_size_is_legal() {
    fn check<A: Arena>(with_chunk_size_in: fn(usize, Base) -> A) {
        for size in edges() {
            let mut arena = with_chunk_size_in(size, capped());
            assert_eq!(arena.inner().calls(), 0);
            let first = Block::new(&arena, layout(1, 1), 1).unwrap();
            first.check();
            let asked = arena.inner().live();
            if size <= CEILING && A::DIRECT {
                assert!(asked <= size.max(A::RECORD + 16).next_multiple_of(16));
                assert!(asked >= size.min(A::RECORD + 16));
            }
            assert_usable(&arena);
            arena.reset();
            assert_usable(&arena);
        }
    }
    check(BlinkAlloc::with_chunk_size_in);
    check(SyncBlinkAlloc::with_chunk_size_in);
    check(Leased::with_chunk_size_in);
    check(Renewed::with_chunk_size_in);
}

#[test]
fn a_typed_adaptor_takes_every_chunk_size_that_the_machine_has() {
    for size in edges().filter(|&size| size < 1 << 20) {
        let blink = Blink::with_chunk_size(size);
        assert_eq!(*blink.put(size), size);
    }
}

#[test]
fn every_capacity_is_had_or_refused() {
    fn check<A: Arena>(with_capacity: fn(usize, Base) -> Result<A, AllocError>) {
        for size in edges() {
            let arena = with_capacity(size, capped());
            assert_eq!(arena.is_ok(), size == 0 || size <= CEILING - A::RECORD);
            let Ok(arena) = arena else { continue };
            assert!(arena.total_capacity() >= size);
            let calls = arena.inner().calls();
            assert_eq!(calls, usize::from(size > 0));
            if !blink_tests::CHECKED {
                Block::new(&arena, layout(size, 1), 1).unwrap();
                assert_eq!(arena.inner().calls(), calls);
            }
            assert_usable(&arena);
        }
    }
    check(BlinkAlloc::try_with_capacity_in);
    check(SyncBlinkAlloc::try_with_capacity_in);
}

#[test]
fn a_capacity_without_a_layout_panics() {
    let beyond = edges().filter(|&size| size > LARGEST);
    for size in beyond {
        assert!(catch_unwind(|| BlinkAlloc::with_capacity(size)).is_err());
        assert!(BlinkAlloc::try_with_capacity(size).is_err());
        assert!(catch_unwind(|| SyncBlinkAlloc::with_capacity(size)).is_err());
        assert!(SyncBlinkAlloc::try_with_capacity(size).is_err());
    }
    assert!(SyncBlinkAlloc::with_capacity(1000).total_capacity() >= 1000);
    assert!(SyncBlinkAlloc::try_with_capacity(1000).is_ok());
    assert!(BlinkAlloc::with_capacity(1000).total_capacity() >= 1000);
    assert!(BlinkAlloc::try_with_capacity(1000).is_ok());
}

#[test]
fn every_reserve_is_had_or_refused() {
    fn check<A: Arena>(arena: A) {
        arena.inner().set_ceiling(CEILING);
        for size in edges() {
            let before = arena.stats();
            let had = arena.try_reserve(size).is_ok();
            assert!(had || size > CEILING / 2, "{size} refused");
            assert!(!had || size < 4 * CEILING, "{size} had");
            if !had {
                assert_eq!(arena.stats(), before);
            }
            assert_usable(&arena);
        }
    }
    every_arena!(check);
}

#[test]
fn a_reserve_without_a_layout_panics() {
    for size in edges().filter(|&size| size > LARGEST) {
        assert!(catch_unwind(|| BlinkAlloc::new().reserve(size)).is_err());
        assert!(catch_unwind(|| SyncBlinkAlloc::new().reserve(size)).is_err());
        assert!(catch_unwind(|| SyncBlinkAlloc::new().local().reserve(size)).is_err());
    }
}

/// All layouts with sizes at the edges that exist, up to the largest alignment.
fn layouts() -> impl Iterator<Item = Layout> {
    let aligns = (0..usize::BITS).map(|bit| 1 << bit);
    aligns
        .flat_map(|align| edges().filter_map(move |size| Layout::from_size_align(size, align).ok()))
}

/// Whether a base allocator with the ceiling can serve it.
fn is_possible(layout: Layout) -> bool {
    layout.size() <= CEILING / 4 && layout.align() <= CEILING / 4
}

#[test]
fn every_layout_is_had_or_refused() {
    fn check<A: Arena>(mut arena: A) {
        arena.inner().set_ceiling(CEILING);
        for (index, layout) in layouts().enumerate() {
            // On the empty arena too.
            if index % 5 == 0 {
                arena.reset_final();
            }
            let before = arena.stats();
            let block = Block::new(&arena, layout, 1);
            let had = block.is_ok();
            assert!(had || !is_possible(layout), "refused: {layout:?}");
            assert!(!had || layout.size() <= 4 * CEILING);
            assert!(had || layout.size() > 0, "no bytes, no refusal: {layout:?}");
            drop(block);
            if !had {
                assert_eq!(arena.stats(), before);
                assert!(Block::zeroed(&arena, layout, 1).is_err());
                assert_eq!(arena.stats(), before);
            }
            arena.reset();
        }
        assert_usable(&arena);
    }
    every_arena!(check);
}

#[test]
fn every_growth_is_had_or_refused() {
    fn check<A: Arena>(mut arena: A) {
        arena.inner().set_ceiling(CEILING);
        for to in layouts().filter(|to| to.size() >= 10) {
            for behind in [0, 10] {
                let mut block = Block::new(&arena, layout(10, 1), 1).unwrap();
                arena.allocate(layout(behind, 1)).unwrap();
                let before = arena.stats();
                let had = block.grow(to).is_ok();
                assert!(had || !is_possible(to), "refused: {to:?}");
                assert!(!had || to.size() <= 4 * CEILING);
                if !had {
                    assert!(block.grow_zeroed(to).is_err());
                    assert_eq!(arena.stats(), before);
                }
                block.check();
                block.free();
                arena.reset();
            }
        }
        assert_usable(&arena);
    }
    every_arena!(check, [Base::plain(), Base::new(Shape::Crooked)]);
}

#[test]
fn every_shrink_to_a_large_alignment_is_had_or_refused() {
    fn check<A: Arena>(mut arena: A) {
        arena.inner().set_ceiling(CEILING);
        for align in (0..usize::BITS).map(|bit| 1 << bit) {
            for size in [0, 1, 7] {
                let Ok(to) = Layout::from_size_align(size, align) else {
                    continue;
                };
                let mut block = Block::new(&arena, layout(10, 1), 1).unwrap();
                let had = block.shrink(to).is_ok();
                assert!(had || !is_possible(to), "refused: {to:?}");
                assert!(had || size > 0, "no bytes, no refusal: {to:?}");
                block.check();
                block.free();
                arena.reset();
            }
        }
    }
    every_arena!(check);
}

#[test]
fn every_reset_to_comes_down() {
    fn check<A: Arena>(mut arena: A) {
        arena.inner().set_ceiling(CEILING);
        for bytes in edges() {
            for cycle in [&[10][..], &[10, 5000, 10], &[400, 400, 400, 60_000]] {
                for &size in cycle {
                    Block::new(&arena, layout(size, 8), 1).unwrap();
                }
                arena.reset_to(bytes);
                assert!(arena.total_capacity() <= bytes);
                assert_eq!(arena.allocated_bytes(), 0);
            }
        }
        assert_usable(&arena);
    }
    every_arena!(check);
}

#[test]
fn every_limit_holds() {
    fn check<A: Arena>(mut arena: A) {
        arena.inner().set_ceiling(CEILING);
        for limit in edges() {
            arena.reset_final();
            arena.set_limit(Some(limit));
            // What no arena can hold is no limit.
            let limited = arena.limit();
            assert!(limited == Some(limit) || limited.is_none() && limit > LARGEST - 16);

            let smallest = A::RECORD + taken(1, A::MIN).next_multiple_of(16);
            let had = Block::new(&arena, layout(1, 1), 1).is_ok();
            assert_eq!(had, limit >= smallest, "limit {limit}");
            for size in [1, 10, 100, 1000, 10_000, 100_000] {
                let before = arena.stats();
                if Block::new(&arena, layout(size, 1), 1).is_err() {
                    assert_eq!(arena.stats(), before);
                    assert!(limit < 2_000_000, "{size} refused at {limit}");
                }
                assert!(arena.inner().live() <= limit);
            }
        }
    }
    every_arena!(check);
}

#[test]
fn a_limit_below_what_there_is_frees_nothing_and_stops_growth() {
    fn check<A: Arena>(mut arena: A) {
        let block = Block::new(&arena, layout(5000, 1), 1).unwrap();
        let held = (arena.total_capacity(), arena.inner().live());
        arena.set_limit(Some(100));
        assert_eq!((arena.total_capacity(), arena.inner().live()), held);
        assert!(arena.allocate(layout(2 * held.0, 1)).is_err());
        block.check();
        arena.reset();
        Block::new(&arena, layout(5000, 1), 2).unwrap();
        assert_eq!((arena.total_capacity(), arena.inner().live()), held);
        arena.set_limit(None);
        assert!(arena.allocate(layout(2 * held.0, 1)).is_ok());
    }
    every_arena!(check);
}

#[test]
fn a_limit_leaves_no_usable_byte_out() {
    // Up to the limit small requests go through: where the usual chunk is too large a smaller
    // one is taken.
    fn check<A: Arena>(arena: A) {
        for limit in [64, 100, 600, 5000, 70_000] {
            let arena = arena.again();
            arena.set_limit(Some(limit));
            let mut bytes = 0;
            while arena.allocate(layout(1, 1)).is_ok() {
                bytes += taken(1, A::MIN);
            }
            assert_eq!(bytes, arena.total_capacity());
            assert!(
                arena.inner().live() + A::RECORD + 16 + 16 > limit,
                "{limit}"
            );
        }
    }
    every_arena!(check, [Base::plain()]);
}

type Op<A> = for<'a> fn(&'a A, &mut Block<'a, A>) -> Result<(), AllocError>;

/// Operations that need another chunk, given a tip and less than 600 bytes.
fn ops<A: Arena>() -> [Op<A>; 9] {
    [
        |arena, _| Block::new(arena, layout(600, 1), 2).map(drop),
        |arena, _| Block::new(arena, layout(30_000, 8), 2).map(drop),
        |arena, _| Block::new(arena, layout(8, 8192), 2).map(drop),
        |arena, _| Block::zeroed(arena, layout(700, 64), 2).map(drop),
        |_, tip| tip.grow(layout(20_000, 1)),
        |_, tip| tip.grow(layout(500, 8192)),
        |_, tip| tip.grow_zeroed(layout(20_000, 4)),
        |_, tip| tip.shrink(layout(9, 8192)),
        |arena, _| arena.try_reserve(10_000),
    ]
}

/// Begins a chunk, in which between 400 and 600 bytes are left.
fn leave_little<A: Arena>(arena: &A) {
    arena.reserve(400);
    let rest = || arena.total_capacity() - arena.allocated_bytes();
    while rest() > 600 {
        arena.allocate(layout(100, 1)).unwrap();
    }
}

/// Takes all that is left in the only chunk, byte by byte.
fn assert_rest_is_usable<A: Arena>(arena: &A) {
    assert_eq!(arena.stats().chunks(), 1);
    let rest = arena.total_capacity() - arena.allocated_bytes();
    let mut had = 0;
    while arena.allocate(layout(1, 1)).is_ok() {
        had += taken(1, A::MIN);
    }
    assert!(rest - had < taken(1, A::MIN), "{had} of {rest}");
}

/// Runs an operation whose n-th call of the base allocator is refused, and maybe more.
fn refuse_at<A: Arena>(arena: &A, op: Op<A>, n: usize, times: usize) {
    leave_little(arena);
    let first = Block::new(arena, layout(100, 1), 1).unwrap();
    let mut tip = Block::new(arena, layout(50, 1), 3).unwrap();
    let (before, old) = (arena.stats(), (tip.addr(), tip.layout()));

    arena.inner().refuse(n, times);
    let result = op(arena, &mut tip);
    first.check();
    tip.check();
    if result.is_err() {
        assert_eq!(arena.stats(), before);
        assert_eq!((tip.addr(), tip.layout()), old);
        arena.inner().obey();
        op(arena, &mut tip).unwrap();
        first.check();
    } else {
        assert!(n > 0 || times < usize::MAX || arena.stats().chunks() == 1);
    }
    arena.inner().obey();
    assert_usable(arena);
}

#[test]
fn refusals_at_every_call_lose_nothing() {
    fn check<A: Arena>(mut arena: A) {
        for op in ops() {
            for n in 0..4 {
                for times in [1, 2, 3, usize::MAX] {
                    refuse_at(&arena, op, n, times);
                    arena.reset_final();
                }
            }
        }
    }
    every_arena!(check);
}

#[test]
fn after_a_refusal_the_rest_of_the_chunk_is_usable() {
    fn check<A: Arena>(mut arena: A) {
        // Rooms of over-provided chunks differ: nothing here fits into the largest.
        let refused: [Op<A>; 3] = [
            |arena, _| Block::new(arena, layout(30_000, 8), 2).map(drop),
            |_, tip| tip.grow(layout(20_000, 1)),
            |arena, _| arena.try_reserve(20_000),
        ];
        for op in refused {
            arena.reserve(400);
            let mut tip = Block::new(&arena, layout(50, 1), 3).unwrap();
            arena.inner().refuse_all();
            assert!(op(&arena, &mut tip).is_err());
            assert_rest_is_usable(&arena);
            tip.check();
            arena.inner().obey();
            arena.reset_final();
        }
    }
    every_arena!(check);
}

#[test]
fn refusals_in_a_new_arena_leave_it_empty() {
    fn check<A: Arena>(arena: A) {
        arena.inner().refuse_all();
        for layout in [layout(1, 1), layout(10_000, 4096)] {
            assert!(arena.allocate(layout).is_err());
            assert!(arena.try_reserve(layout.size()).is_err());
            assert_eq!(arena.stats().chunks(), 0);
        }
        assert!(Block::new(&arena, layout(0, 64), 1).is_ok());
        arena.inner().obey();
        assert_usable(&arena);
    }
    every_arena!(check);
    let base = Base::plain();
    base.refuse_all();
    assert!(BlinkAlloc::try_with_capacity_in(1, base.clone()).is_err());
    assert!(SyncBlinkAlloc::try_with_capacity_in(1, base.clone()).is_err());
    assert_eq!(base.live(), 0);
}

/// An arena behind some random cycles, and one of usual sizes begun.
fn with_history<A: Arena>(seed: u64) -> A {
    let mut random = Random::new(seed);
    let mut arena = A::over(Base::plain());
    for _ in 0..random.below(5) {
        let most = random.scaled(1 << 20);
        for _ in 0..random.scaled(12) {
            let size = random.scaled(most);
            arena.allocate(layout(size, 1)).unwrap();
        }
        arena.reset();
    }
    for _ in 0..random.below(3) {
        arena.allocate(layout(random.scaled(1000), 1)).unwrap();
    }
    arena
}

/// A size that one of the chunks has room for, if it is not in use.
fn fitting<A: Arena>(arena: &A, random: &mut Random) -> usize {
    let chunks: Vec<_> = arena.stats().iter().collect();
    let capacity = chunks[random.below(chunks.len())].capacity;
    capacity - random.below(capacity / 2)
}

#[test]
fn a_refused_reserve_loses_no_kept_chunk() {
    fn check<A: Arena>() {
        let mut refused = 0;
        for seed in 0..budget(1000) as u64 {
            // Of two equal arenas one is asked for more than there is.
            let (asked, other) = (with_history::<A>(seed), with_history::<A>(seed));
            assert_eq!(asked.stats(), other.stats());
            if asked.stats().chunks() == 0 {
                continue;
            }
            asked.inner().refuse_all();
            other.inner().refuse_all();
            let mut random = Random::new(!seed);
            if asked.try_reserve(fitting(&asked, &mut random)).is_ok() {
                continue;
            }
            refused += 1;
            for _ in 0..10 {
                let layout = layout(fitting(&other, &mut random), 1);
                let had = [&asked, &other].map(|arena| arena.allocate(layout).is_ok());
                assert_eq!(had[0], had[1], "{layout:?} of {}", other.stats());
            }
        }
        assert!(refused > 0);
    }
    every_kind!(check());
}

#[test]
fn a_kept_chunk_serves_what_it_has_room_for_and_no_byte_more() {
    fn check<A: Arena>() {
        for beyond in -20..=20_isize {
            let mut arena = A::over(Base::plain());
            // Under a limit all chunks are kept.
            arena.set_limit(Some(1 << 20));
            for size in [A::FIRST * 3 / 4, A::FIRST * 3 / 2] {
                Block::new(&arena, layout(size, 1), 1).unwrap();
            }
            arena.reset();
            let kept: Vec<_> = arena.stats().iter().map(|chunk| chunk.capacity).collect();
            assert_eq!(kept.len(), 2);
            let size = kept[1].checked_add_signed(beyond).unwrap() - RED_ZONE;
            Block::new(&arena, layout(size, 1), 1).unwrap().check();
            let added = arena.stats().chunks() > 2;
            assert_eq!(added, beyond > 0, "{size} bytes in {kept:?}");
        }
    }
    check::<BlinkAlloc<_>>();
    check::<SyncBlinkAlloc<_>>();
}

#[test]
fn kept_chunks_end_every_search() {
    fn check<A: Arena>(mut arena: A) {
        let rising: Vec<_> = (0..18).map(|bit| 1 << bit).collect();
        let falling: Vec<_> = rising.iter().rev().copied().collect();
        let mixed = [10, 100_000, 10, 50_000, 200_000, 1, 600, 70_000, 70_000];
        let cycles: [&[usize]; 6] = [
            &rising,
            &falling,
            &mixed,
            &[1],
            &[300_000, 1],
            &[1, 300_000],
        ];
        for round in 0..100 {
            let sizes = cycles[(round * round + round / 7) % cycles.len()];
            let blocks: Vec<_> = sizes
                .iter()
                .map(|&size| Block::new(&arena, layout(size, 1 << (round % 8)), 1).unwrap())
                .collect();
            blink_tests::block::assert_disjoint(&blocks);
            blocks.iter().for_each(Block::check);
            drop(blocks);
            if round % 9 == 8 {
                arena.reserve(sizes[0]);
            }
            arena.reset();
            assert_eq!(arena.allocated_bytes(), 0);
        }
    }
    ends(|| {
        every_arena!(check);
    });
}
