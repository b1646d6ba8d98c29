//! What the arena takes from the base allocator, compared with what was asked of it.

use allocator_api2::{alloc::Layout, vec::Vec as ArenaVec};
use blink_alloc::{BlinkAlloc, SyncBlinkAlloc};
use blink_tests::{
    arena::{Arena, Leased, Renewed},
    base::{Base, Shape},
    block::{Block, layout},
    every_kind,
    random::Random,
    taken,
    time::budget,
};

const MIB: usize = 1 << 20;

fn put<A: Arena>(arena: &A, size: usize) {
    Block::new(arena, layout(size, 1), 1).unwrap();
}

fn put_all<A: Arena>(arena: &A, sizes: &[usize]) {
    sizes.iter().for_each(|&size| put(arena, size));
}

/// Bytes that one cycle asked for, and what it began with.
struct Cycle<'a, A> {
    arena: &'a A,
    requested: usize,
    /// What the last reset has kept, or else the first chunk. Of several kept chunks it counts
    /// threefold: another cycle may pass over all of them, and doubles the largest.
    first: usize,
}

impl<'a, A: Arena> Cycle<'a, A> {
    fn new(arena: &'a A) -> Self {
        Self {
            arena,
            requested: 0,
            first: arena.committed() * if arena.stats().chunks() > 1 { 3 } else { 1 },
        }
    }

    /// Counts a request with its padding at the worst address.
    fn request(&mut self, layout: Layout) {
        self.requested += taken(layout.size(), A::MIN) + layout.align() - 1;
        if self.first == 0 {
            self.first = self.arena.committed();
        }
    }

    /// Three times what was requested, and the first chunk. A record counts as requested.
    #[track_caller]
    fn check(&self) {
        let requested = self.requested + A::RECORD * self.arena.stats().chunks();
        let committed = self.arena.committed();
        let bound = 3 * requested + self.first;
        assert!(
            committed <= bound,
            "{}: {committed} bytes for {requested} and a first chunk of {}: {}",
            A::NAME,
            self.first,
            self.arena.stats()
        );
    }
}

/// A cycle of random requests, some of them grown, and of frames. What ends with a frame has been
/// requested all the same.
fn random_cycle<A: Arena>(arena: &A, random: &mut Random, cycle: &mut Cycle<'_, A>) {
    let most = random.scaled(MIB);
    let align = random.pick(&[1, 1, 8, 64, 4096]);
    let frames = random.pick(&[0, 0, 3, 20]);
    let mut marks = Vec::new();
    for _ in 0..random.scaled(300).min((8 * MIB) / most) {
        let due = frames > 0 && random.once_in(frames);
        match marks.pop() {
            // SAFETY: a mark of this arena, and no block is used any more.
            Some(mark) if due => unsafe { arena.go_back(mark) },
            mark => marks.extend(mark),
        }
        if frames > 0 && random.once_in(frames) {
            marks.push(arena.mark());
        }
        let layout = layout(random.scaled(most), random.power(align));
        let mut block = Block::new(arena, layout, 1).unwrap();
        cycle.request(layout);
        cycle.check();
        if random.once_in(4) {
            let larger = Layout::from_size_align(layout.size() * 2, layout.align()).unwrap();
            block.grow(larger).unwrap();
            // It has moved, or could have.
            cycle.request(larger);
            cycle.check();
        }
    }
}

#[test]
fn a_new_arena_commits_three_times_what_is_asked() {
    fn check<A: Arena>(with_chunk_size_in: fn(usize, Base) -> A) {
        let mut random = Random::new(21);
        for _ in 0..budget(400) {
            let first = random.pick(&[0, 512, 512, 4096, 100_000]);
            let arena = with_chunk_size_in(first, Base::plain());
            random_cycle(&arena, &mut random, &mut Cycle::new(&arena));
        }
    }
    check(BlinkAlloc::with_chunk_size_in);
    check(SyncBlinkAlloc::with_chunk_size_in);
    check(Leased::with_chunk_size_in);
    check(Renewed::with_chunk_size_in);
}

#[test]
fn a_used_arena_commits_three_times_what_is_asked_since_the_reset() {
    fn check<A: Arena>() {
        let mut random = Random::new(22);
        for _ in 0..budget(100) {
            let mut arena = A::over(Base::plain());
            for _ in 0..8 {
                random_cycle(&arena, &mut random, &mut Cycle::new(&arena));
                arena.reset();
            }
        }
    }
    every_kind!(check());
}

/// Requests that each just do not fit into what is left, with as little as possible between.
#[test]
fn the_worst_sequence_commits_three_times_what_is_asked() {
    fn check<A: Arena>(with_chunk_size_in: fn(usize, Base) -> A) {
        for first in [64, 512, 4096] {
            for skip in 0..2 {
                let arena = with_chunk_size_in(first, Base::plain());
                let mut cycle = Cycle::new(&arena);
                for round in 0..14 {
                    let current = arena.stats().iter().last().unwrap_or_default();
                    let rest = current.capacity - current.used;
                    let size = if round % 2 == skip { 1 } else { rest + 1 };
                    put(&arena, size);
                    cycle.request(layout(size, 1));
                    cycle.check();
                }
            }
        }
    }
    check(BlinkAlloc::with_chunk_size_in);
    check(SyncBlinkAlloc::with_chunk_size_in);
    check(Leased::with_chunk_size_in);
    check(Renewed::with_chunk_size_in);
}

#[test]
fn one_large_request_costs_itself() {
    fn check<A: Arena>() {
        // A lease is up to a quarter larger than what it is for.
        let large = if A::DIRECT { MIB } else { MIB + MIB / 4 };
        for sizes in [[10, MIB, 10], [MIB, 10, 10], [10, 10, MIB]] {
            let mut arena = A::over(Base::plain());
            for _ in 0..5 {
                put_all(&arena, &sizes);
                assert!(
                    arena.committed() < large + 4096.max(2 * A::FIRST),
                    "{}",
                    arena.stats()
                );
                arena.reset();
                assert!(
                    arena.committed() < large + 4096.max(2 * A::FIRST),
                    "{}",
                    arena.stats()
                );
            }
            assert!(!A::DIRECT || arena.inner().peak() < MIB + 4096.max(2 * A::FIRST));
        }
    }
    every_kind!(check());
}

#[test]
fn a_large_request_does_not_retire_the_chunk_in_use() {
    fn check<A: Arena>() {
        let arena = A::over(Base::plain());
        let first = Block::new(&arena, layout(10, 1), 1).unwrap();
        put(&arena, MIB);
        let next = Block::new(&arena, layout(10, 1), 1).unwrap();
        assert_eq!(next.addr(), first.addr() + taken(10, A::MIN));
    }
    every_kind!(check());
}

#[test]
fn a_small_cycle_after_a_large_one_takes_nothing() {
    fn check<A: Arena>() {
        for large in [&[MIB][..], &[MIB, MIB], &[10, MIB, 10, 300_000]] {
            let mut arena = A::over(Base::plain());
            put_all(&arena, large);
            let most = arena.committed() + (A::RECORD + 16) * arena.stats().chunks();
            arena.reset();
            for _ in 0..5 {
                put(&arena, 10);
                arena.reset();
                assert!(arena.committed() <= most);
                assert!(arena.stats().chunks() <= 1, "{}", arena.stats());
            }
        }
    }
    every_kind!(check());
}

#[test]
fn chunks_kept_for_a_cycle_that_does_not_come_again_become_one() {
    fn check<A: Arena>() {
        // The second cycle needs more than the one chunk that the first has left: a reset may keep
        // what it took, for the same cycle again. But other cycles follow.
        let mut arena = A::over(Base::plain());
        put_all(&arena, &[400, 800]);
        arena.reset();
        put_all(&arena, &[100_000; 10]);
        arena.reset();
        for _ in 0..5 {
            put(&arena, 10);
            arena.reset();
        }
        assert!(arena.stats().chunks() <= 1, "{}", arena.stats());
    }
    every_kind!(check());
}

#[test]
fn chunks_kept_for_the_same_cycle_become_one_when_it_leaves_one_unused() {
    fn check<A: Arena>() {
        let mut arena = A::over(Base::plain());
        put_all(&arena, &[A::FIRST * 4 / 5, A::FIRST * 8 / 5]);
        arena.reset();
        // A little more than the one chunk has: it may be the same cycle at another address.
        put_all(&arena, &[A::FIRST * 7 / 5; 3]);
        arena.reset();
        assert!(arena.stats().chunks() > 1, "otherwise nothing is tested");
        for _ in 0..2 {
            put(&arena, 10);
            arena.reset();
        }
        assert_eq!(arena.stats().chunks(), 1, "{}", arena.stats());
    }
    check::<BlinkAlloc<_>>();
    check::<SyncBlinkAlloc<_>>();
    check::<Leased<_>>();
}

#[test]
fn one_enormous_cycle_is_forgotten_with_reset_to() {
    fn check<A: Arena>() {
        let most = 64 << 10;
        for enormous in [&[8 * MIB][..], &[100, 200_000, 3 * MIB, 5], &[1000; 9000]] {
            let mut arena = A::over(Base::plain());
            for round in 0..4 {
                if round < 2 {
                    put_all(&arena, enormous);
                }
                arena.reset_to(most);
                assert!(arena.total_capacity() <= most, "{}", arena.stats());
                // Nor does the arena take as much again for the next small cycle.
                put(&arena, 10);
                assert!(arena.committed() <= most + A::RECORD, "{}", arena.stats());
            }
        }
    }
    every_kind!(check());
}

#[test]
fn small_cycles_with_reset_to_become_steady() {
    fn check<A: Arena>() {
        let mut arena = A::over(Base::plain());
        for cycle in 1..8 {
            let calls = arena.inner().calls();
            put_all(&arena, &[10, 1000, 20_000, 10]);
            arena.reset_to(64 << 10);
            assert!(cycle < 3 || arena.inner().calls() == calls);
        }
    }
    every_kind!(check());
}

#[test]
fn many_equal_large_requests_cost_few_calls() {
    fn check<A: Arena>() {
        for size in [600, 5000, 100_000] {
            for count in [16, 128, 1024] {
                let arena = A::over(Base::plain());
                for _ in 0..count {
                    arena.allocate(layout(size, 1)).unwrap();
                }
                let calls = arena.inner().calls();
                let most = (count * size).ilog2() as usize;
                assert!(calls <= most, "{calls} calls for {count} times {size}");
            }
        }
    }
    every_kind!(check());
}

#[test]
fn rising_large_requests_cost_few_calls() {
    fn check<A: Arena>() {
        for factor in [101, 110, 150, 200] {
            let arena = A::over(Base::plain());
            let (mut size, mut total, mut count) = (1000, 0, 0);
            while total < 200 * MIB {
                arena.allocate(layout(size, 1)).unwrap();
                total += size;
                count += 1;
                size += size / 100 * (factor - 100);
            }
            let calls = arena.inner().calls();
            let most = 2 * total.ilog2() as usize;
            assert!(calls <= most, "{calls} calls for {count} blocks");
        }
    }
    every_kind!(check());
}

#[test]
fn a_growing_vector_commits_three_times_its_buffers() {
    fn check<A: Arena>() {
        let arena = A::over(Base::plain());
        let mut vec = ArenaVec::new_in(&arena);
        for at in 0..1_000_000_u64 {
            vec.push(at);
            if at.is_power_of_two() {
                let (stats, first) = (arena.stats(), A::FIRST);
                let requested = stats.used() + A::RECORD * stats.chunks();
                assert!(arena.committed() <= 3 * requested + first, "{stats}");
            }
        }
    }
    every_kind!(check());
}

#[test]
fn a_reset_keeps_about_what_was_taken() {
    fn check<A: Arena>() {
        let mut random = Random::new(23);
        for base in Base::all().filter(|base| base.shape() != Shape::Generous) {
            for _ in 0..budget(30) {
                let mut arena = A::over(base.again());
                for _ in 0..10 {
                    for _ in 0..random.scaled(100) {
                        put(&arena, random.scaled(20_000));
                    }
                    // One chunk for all at another address may need padding for each, and where it
                    // had large blocks room to move them.
                    let (live, chunks) = (arena.committed(), arena.stats().chunks());
                    let most = live + live / 2 + 4096 * chunks;
                    arena.reset();
                    assert!(arena.committed() <= most);
                }
                arena.reset_final();
                assert_eq!(arena.inner().live(), 0);
            }
        }
    }
    every_kind!(check());
}

#[test]
fn everything_goes_back_in_the_end() {
    fn check<A: Arena>() {
        let base = Base::plain();
        let mut arena = A::over(base.clone());
        put_all(&arena, &[10, 1000, MIB]);
        arena.reset();
        put_all(&arena, &[MIB, 2 * MIB]);
        let base = arena.into_inner();
        assert_eq!((base.live(), base.blocks()), (0, 0));
        let arena = A::over(base);
        arena.reserve(5000);
        assert!(arena.inner().live() > 5000);
        let base = arena.inner().clone();
        drop(arena);
        assert_eq!(base.live(), 0);
    }
    every_kind!(check());
}
