//! Marks and chunks: random scripts of blocks, reserves and nested marks, over every awkward
//! base allocator. A loop of equal frames and a constant workload stop calling it, memory
//! stays bounded, a limit holds, and a rewind undoes what it should and nothing else.

use std::{
    cell::{Cell, RefCell},
    ptr::NonNull,
};

use allocator_api2::alloc::{AllocError, Allocator, Layout};
use blink_alloc::BlinkAlloc;
use blink_tests::{
    base::Base,
    block::{Block, assert_disjoint, layout},
    drops::planned,
    random::Random,
    taken,
    time::budget,
};

type Arena = BlinkAlloc<Base>;

#[derive(Clone, Debug)]
enum Step {
    Allocate(Layout),
    /// Frees the newest block of this frame.
    Free,
    /// Resizes the newest block of this frame.
    Resize(usize),
    Reserve(usize),
    /// A frame, so many times.
    Frame(Vec<Step>, usize),
}

/// A script of about so many steps, of blocks up to `max` bytes.
fn script(random: &mut Random, depth: usize, steps: usize, max: usize, align: usize) -> Vec<Step> {
    let mut script = Vec::new();
    for _ in 0..random.below(steps) + 1 {
        script.push(match random.below(12) {
            0 if random.once_in(3) => Step::Allocate(layout(0, random.power(align))),
            0..=5 => Step::Allocate(layout(random.scaled(max), random.power(align))),
            6 => Step::Free,
            7 => Step::Resize(random.scaled(max)),
            8 if random.once_in(3) => Step::Reserve(random.scaled(max)),
            9..=11 if depth > 0 => {
                let inner = self::script(random, depth - 1, steps, max, align);
                Step::Frame(inner, 1 + random.below(3))
            }
            _ => Step::Allocate(layout(random.scaled(64), random.power(align.min(16)))),
        });
    }
    script
}

/// Runs a script; every block of it is checked when its frame ends. An error ends the frame.
fn run(arena: &Arena, steps: &[Step], seed: &mut u8) -> Result<(), AllocError> {
    let mut blocks = Vec::new();
    for step in steps {
        *seed = seed.wrapping_add(1);
        match step {
            Step::Allocate(layout) => blocks.push(Block::new(arena, *layout, *seed)?),
            Step::Free => _ = blocks.pop().map(Block::free),
            Step::Resize(size) => {
                if let Some(block) = blocks.last_mut() {
                    let (old, new) = (block.layout(), layout(*size, block.layout().align()));
                    if new.size() < old.size() {
                        block.shrink(new)?;
                    } else {
                        block.grow(new)?;
                    }
                }
            }
            Step::Reserve(bytes) => arena.try_reserve(*bytes)?,
            Step::Frame(inner, times) => {
                for round in 0..*times {
                    let (before, calls) = (arena.allocated_bytes(), arena.inner().calls());
                    let empty = before == 0;
                    let mark = arena.mark();
                    let result = run(arena, inner, seed);
                    // SAFETY: a mark of this arena, set above; the blocks since have ended.
                    unsafe { arena.rewind(mark) };
                    assert!(arena.allocated_bytes() == before, "{steps:?}");
                    // What has fitted once fits again.
                    assert!(round == 0 || result.is_ok(), "{round} {steps:?}");
                    result?;
                    // A frame on an empty arena starts in a chunk after the first round.
                    if round > 1 || (round == 1 && !empty) {
                        assert_eq!(arena.inner().calls(), calls, "{round} {steps:?}");
                    }
                }
            }
        }
    }
    for block in &blocks {
        block.check();
    }
    Ok(())
}

/// The bytes that are in use at most at one moment of a script, roughly.
fn peak(steps: &[Step]) -> usize {
    let (mut live, mut peak) = (0, 0);
    for step in steps {
        match step {
            Step::Allocate(layout) => live += layout.size() + layout.align(),
            Step::Resize(size) | Step::Reserve(size) => live += size,
            Step::Frame(inner, _) => peak = peak.max(live + self::peak(inner)),
            Step::Free => {}
        }
    }
    peak.max(live)
}

#[test]
fn constant_cycles_of_frames_stop_calling_the_base_allocator() {
    for shape in Base::all() {
        for seed in 0..budget(600) as u64 {
            let mut random = Random::new(seed);
            let max = random.pick(&[64, 1000, 20_000, 200_000]);
            let align = random.pick(&[1, 16, 64, 4096]);
            let script = script(&mut random, 3, 8, max, align);
            let mut arena = Arena::new_in(shape.again());
            let mut calls = Vec::new();
            for _ in 0..6 {
                run(&arena, &script, &mut 0).unwrap();
                arena.reset();
                calls.push(arena.inner().calls());
            }
            // What is behind the reset of the second cycle is the third.
            assert_eq!(calls[1], calls[5], "{seed} {shape:?} {calls:?} {script:?}");
        }
    }
}

#[test]
fn frames_for_ever_without_a_reset_stay_bounded() {
    for seed in 0..budget(40) as u64 {
        let mut random = Random::new(seed);
        let max = random.pick(&[1000, 20_000, 200_000]);
        let arena = Arena::new_in(Base::plain());
        if random.once_in(2) {
            _ = arena.allocate(layout(100, 1)).unwrap();
        }
        let mut most = 0;
        for _ in 0..1500 {
            let steps = script(&mut random, 2, 8, max, 16);
            most = most.max(peak(&steps));
            run(&arena, &[Step::Frame(steps, 1)], &mut 0).unwrap();
        }
        // No more than a few times what the largest of them needs.
        assert!(arena.inner().live() < 5 * most, "{seed}");
    }
}

#[test]
fn a_limit_holds_and_what_has_fitted_fits_again() {
    let mut fitted = 0;
    for shape in Base::all() {
        for seed in 0..budget(120) as u64 {
            let mut random = Random::new(seed);
            let script = script(&mut random, 3, 6, 5000, 64);
            let limit = random.below(40_000) + 200;
            let mut arena = Arena::new_in(shape.again());
            arena.set_limit(Some(limit));
            let first = run(&arena, &script, &mut 0);
            assert!(arena.inner().peak() <= limit);
            if first.is_err() {
                continue;
            }
            fitted += 1;
            for _ in 0..3 {
                arena.reset();
                assert!(
                    run(&arena, &script, &mut 0).is_ok(),
                    "{seed} {shape:?} {limit} {script:?}"
                );
                assert!(arena.inner().peak() <= limit);
            }
        }
    }
    assert!(fitted > 100);
}

#[test]
fn refusals_and_panics_in_frames_damage_nothing() {
    for shape in Base::all() {
        for seed in 0..budget(120) as u64 {
            let mut random = Random::new(seed);
            let mut arena = Arena::new_in(shape.again());
            for _ in 0..6 {
                let script = script(&mut random, 3, 6, 50_000, 64);
                let (outer, before) = (arena.mark(), arena.allocated_bytes());
                let after = random.below(4);
                if random.once_in(2) {
                    arena.inner().panic_after(after);
                } else {
                    arena.inner().refuse(after, 1 + random.below(30));
                }
                planned(|| _ = run(&arena, &script, &mut 0));
                // SAFETY: a mark of this arena; all blocks since have ended.
                unsafe { arena.rewind(outer) };
                assert_eq!(arena.allocated_bytes(), before);
                arena.inner().obey();
                run(&arena, &script, &mut 0).unwrap();
                if random.once_in(3) {
                    arena.reset();
                    assert_eq!(arena.allocated_bytes(), 0);
                }
            }
        }
    }
}

thread_local! {
    static ARENA: Cell<Option<&'static BlinkAlloc<Hungry>>> = const { Cell::new(None) };
    static RANDOM: RefCell<Random> = RefCell::new(Random::new(3));
    static LEVEL: Cell<usize> = const { Cell::new(0) };
}

/// Uses the arena that it serves, frames too, before it gives it a block.
struct Hungry(Base);

// SAFETY: the blocks are those of `Base`.
unsafe impl Allocator for Hungry {
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        let level = LEVEL.get();
        if let Some(arena) = ARENA.get().filter(|_| level < 3) {
            LEVEL.set(level + 1);
            let random = |bound| RANDOM.with_borrow_mut(|random| random.below(bound));
            let (frame, kept) = (random(2), random(2));
            let mark = arena.mark();
            let sizes = [random(300), random(5000), random(40_000)];
            for size in sizes {
                Block::new(arena, self::layout(size, 1), 1).unwrap().check();
            }
            if frame == 1 {
                // SAFETY: a mark of this arena; the blocks since have ended.
                unsafe { arena.rewind(mark) };
            }
            if kept == 1 {
                _ = arena.try_reserve(100);
            }
            LEVEL.set(level);
        }
        self.0.allocate(layout)
    }

    unsafe fn deallocate(&self, ptr: NonNull<u8>, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { self.0.deallocate(ptr, layout) }
    }
}

#[test]
fn a_base_allocator_with_frames_of_its_own_in_the_arena() {
    for shape in Base::all() {
        for seed in 0..budget(100) as u64 {
            RANDOM.set(Random::new(seed));
            let base = shape.again();
            let arena = Box::into_raw(Box::new(BlinkAlloc::new_in(Hungry(base.clone()))));
            // SAFETY: a box that is freed below, when the reference has ended.
            let shared: &'static BlinkAlloc<Hungry> = unsafe { &*arena };
            ARENA.set(Some(shared));
            let mut random = Random::new(seed);
            let mut blocks = Vec::new();
            for number in 0..30 {
                blocks.push(Block::new(shared, layout(random.scaled(3000), 8), number).unwrap());
                let mark = shared.mark();
                let calls = base.calls();
                for round in 0..4 {
                    for size in [10, 700, 20_000, 3] {
                        Block::new(shared, layout(size, 1), 7).unwrap().check();
                    }
                    // SAFETY: a mark of this arena; the blocks since have ended.
                    unsafe { shared.rewind(mark) };
                    // At most the first asks for chunks, and for those that it is asked for.
                    if round == 0 {
                        assert!(base.calls() < calls + 200);
                    }
                }
                blocks.iter().for_each(Block::check);
            }
            assert_disjoint(&blocks);
            drop(blocks);
            ARENA.set(None);
            // SAFETY: the box from above, not used any more.
            drop(unsafe { Box::from_raw(arena) });
            assert_eq!(base.blocks(), 0);
        }
    }
}

#[test]
fn bytes_in_use_are_those_of_blocks_in_use() {
    let arena = Arena::new_in(Base::plain());
    let bytes = |size| Block::new(&arena, layout(size, 1), 1).unwrap();
    bytes(400);
    let mark = arena.mark();
    bytes(900);
    // SAFETY: a mark of this arena; the block since has ended.
    unsafe { arena.rewind(mark) };
    let before = arena.allocated_bytes();
    // Passes over the chunk that the frame has left.
    bytes(1900);
    assert_eq!(arena.allocated_bytes() - before, taken(1900, 1));
}
