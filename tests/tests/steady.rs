//! The promise of the steady state: from the third cycle of a constant workload on the base
//! allocator is not called.

use std::ptr::NonNull;

use allocator_api2::alloc::{Allocator, Layout};
use blink_alloc::{BlinkAlloc, LocalBlinkAlloc, Rewind, SyncBlinkAlloc};
use blink_tests::{
    arena::{Arena, Leased, Renewed},
    base::{Base, Shape},
    block::layout,
    random::Random,
    time::budget,
};

/// Calls a function with every type of arena. Minimum alignments have a sweep of their own.
macro_rules! every {
    ($check:ident) => {
        $check::<BlinkAlloc<Base>>();
        $check::<SyncBlinkAlloc<Base>>();
        $check::<Leased<Base>>();
        $check::<Renewed<Base>>();
    };
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Allocate(Layout),
    /// Frees one of the live blocks, counted from the newest.
    Free(usize),
    /// Resizes one of the live blocks, counted from the newest.
    Resize(usize, Layout),
    Reserve(usize),
    /// Begins a frame.
    Enter,
    /// Ends the innermost frame, with all blocks of it.
    Leave,
}

/// What a cycle does, and does again.
#[derive(Clone, Debug, Default)]
struct Workload {
    steps: Vec<Step>,
    /// Whether blocks that are left are freed before the reset, as containers do it.
    frees: bool,
}

/// One in how many steps is of a kind; none of them where 0.
#[derive(Debug)]
struct Mix {
    free: usize,
    resize: usize,
    reserve: usize,
    frame: usize,
    newest: bool,
}

impl Mix {
    fn random(random: &mut Random) -> Self {
        Self {
            free: random.pick(&[0, 0, 2, 3, 10]),
            resize: random.pick(&[0, 0, 2, 3, 10]),
            reserve: random.pick(&[0, 0, 0, 50]),
            frame: random.pick(&[0, 0, 2, 5, 30]),
            newest: random.once_in(2),
        }
    }

    fn block(&self, random: &mut Random) -> usize {
        if self.newest {
            0
        } else {
            random.below(1 << 16)
        }
    }

    fn step(&self, layout: Layout, random: &mut Random) -> Step {
        let mut due = |n| n > 0 && random.once_in(n);
        let (free, resize, reserve) = (due(self.free), due(self.resize), due(self.reserve));
        if due(self.frame) {
            random.pick(&[Step::Enter, Step::Leave])
        } else if free {
            Step::Free(self.block(random))
        } else if resize {
            Step::Resize(self.block(random), layout)
        } else if reserve {
            Step::Reserve(layout.size())
        } else {
            Step::Allocate(layout)
        }
    }
}

/// How the sizes of a workload are spread.
#[derive(Clone, Copy)]
enum Sizes {
    Same,
    Scaled,
    /// Small ones, and now and then a large one.
    Two,
    Rising,
    Falling,
}

impl Workload {
    fn random(random: &mut Random) -> Self {
        let mix = Mix::random(random);
        let most = random.scaled(256 << 10);
        let count = random.scaled(10_000).min((8 << 20) / most).max(1);
        let align = random.pick(&[1, 1, 8, 16, 64, 4096]);
        let mixed = random.once_in(2);
        use Sizes::{Falling, Rising, Same, Scaled, Two};
        let sizes = random.pick(&[Same, Scaled, Two, Rising, Falling]);
        let steps = (0..count).map(|at| {
            let size = match sizes {
                Same => most,
                Scaled => random.scaled(most),
                Two if random.once_in(10) => most,
                Two => random.scaled(64),
                Rising => most * (at + 1) / count,
                Falling => most * (count - at) / count,
            };
            let align = if mixed { random.power(align) } else { align };
            mix.step(layout(size.max(1), align), random)
        });
        Self {
            steps: steps.collect(),
            frees: random.once_in(3),
        }
    }

    fn run<A: Arena>(&self, arena: &A) {
        let reserve = |bytes| arena.reserve(bytes);
        // SAFETY: marks of this arena, and none of the blocks behind is used, see below.
        self.run_by(arena, reserve, |mark| unsafe { arena.go_back(mark) });
    }

    fn run_in_local(&self, local: &LocalBlinkAlloc<'_, Base>) {
        let reserve = |bytes| local.reserve(bytes);
        // SAFETY: marks of this arena, and none of the blocks behind is used, see below.
        self.run_by(local, reserve, |mark| unsafe { local.rewind(mark) });
    }

    /// Runs the steps by what the arena says of reserving, and of going back to a mark behind
    /// which no block is used.
    fn run_by<A: Rewind>(&self, arena: &A, reserve: impl Fn(usize), rewind: impl Fn(A::Mark)) {
        let mut live = Vec::new();
        // The marks of the frames, and where their blocks begin. Blocks before are left alone.
        let mut frames = Vec::new();
        for &step in &self.steps {
            let floor = frames.last().map_or(0, |&(_, floor)| floor);
            match step {
                Step::Allocate(layout) => live.push(Bare::new(arena, layout)),
                Step::Free(at) => {
                    if let Some(at) = position(&live[floor..], at) {
                        live.remove(floor + at).free(arena);
                    }
                }
                Step::Resize(at, layout) => {
                    if let Some(at) = position(&live[floor..], at) {
                        live[floor + at].resize(arena, layout);
                    }
                }
                Step::Reserve(bytes) => reserve(bytes),
                Step::Enter => frames.push((arena.mark(), live.len())),
                Step::Leave => {
                    if let Some((mark, floor)) = frames.pop() {
                        live.truncate(floor);
                        rewind(mark);
                    }
                }
            }
        }
        if self.frees {
            live.into_iter().rev().for_each(|block| block.free(arena));
        }
    }
}

fn position(live: &[Bare], from_newest: usize) -> Option<usize> {
    let last = live.len().checked_sub(1)?;
    Some(last - from_newest % live.len())
}

/// A block whose bytes nobody checks, so that many can be had in little time. It must not be
/// used after a reset of its arena.
struct Bare(NonNull<u8>, Layout);

impl Bare {
    fn new(arena: &impl Allocator, layout: Layout) -> Self {
        Self(arena.allocate(layout).unwrap().cast(), layout)
    }

    fn resize(&mut self, arena: &impl Allocator, to: Layout) {
        let block = if to.size() < self.1.size() {
            // SAFETY: a block of this arena with this layout, see the type; `to` is smaller.
            unsafe { arena.shrink(self.0, self.1, to) }
        } else {
            // SAFETY: as above, and `to` is not smaller.
            unsafe { arena.grow(self.0, self.1, to) }
        };
        *self = Self(block.unwrap().cast(), to);
    }

    fn free(self, arena: &impl Allocator) {
        // SAFETY: a block of this arena with this layout, see the type.
        unsafe { arena.deallocate(self.0, self.1) };
    }
}

/// Calls of the base allocator in cycles 3 to 6.
fn late_calls<A: Arena>(arena: &mut A, mut run: impl FnMut(&A)) -> usize {
    let mut late = 0;
    for cycle in 1..=6 {
        let before = arena.inner().calls();
        run(arena);
        arena.reset();
        if cycle >= 3 {
            late += arena.inner().calls() - before;
        }
    }
    late
}

/// Calls of the base allocator in frames 3 to 6 of a loop, within one cycle.
fn late_calls_in_frames<A: Arena>(arena: &A, workload: &Workload) -> usize {
    let mut late = 0;
    for frame in 1..=6 {
        let before = arena.inner().calls();
        let mark = arena.mark();
        workload.run(arena);
        // SAFETY: a mark of this arena, and the workload has left no block.
        unsafe { arena.go_back(mark) };
        if frame >= 3 {
            late += arena.inner().calls() - before;
        }
    }
    late
}

#[track_caller]
fn assert_steady<A: Arena>(mut arena: A, workload: &Workload) {
    let shape = arena.inner().shape();
    let late = late_calls(&mut arena, |arena| workload.run(arena));
    assert_eq!(late, 0, "{}: {shape:?}, {workload:?}", A::NAME);
    arena.reset_final();
    let late = late_calls_in_frames(&arena, workload);
    assert_eq!(late, 0, "{} in frames: {shape:?}, {workload:?}", A::NAME);
}

/// The steps of one layout after the other.
fn sequence(sizes: impl IntoIterator<Item = usize>, align: usize) -> Workload {
    let layouts = sizes.into_iter().map(|size| layout(size, align));
    Workload {
        steps: layouts.map(Step::Allocate).collect(),
        frees: false,
    }
}

fn sweep<A: Arena>(seed: u64, count: usize) {
    let mut random = Random::new(seed);
    let bases: Vec<_> = Base::all().collect();
    let mut failed = 0;
    let mut shortest: Option<(usize, usize, Shape, Workload)> = None;
    for number in 0..count {
        let base = bases[number % bases.len()].again();
        // Several workloads one after the other: each is steady after any other.
        let mut arena = A::over(base);
        for turn in 0..random.pick(&[1, 1, 1, 2, 3]) {
            let workload = Workload::random(&mut random);
            let late = late_calls(&mut arena, |arena| workload.run(arena));
            if late + late_calls_in_frames(&arena, &workload) == 0 {
                continue;
            }
            failed += 1;
            let found = (workload.steps.len(), turn, arena.inner().shape(), workload);
            if shortest.as_ref().is_none_or(|best| best.0 > found.0) {
                shortest = Some(found);
            }
        }
    }
    assert_eq!(failed, 0, "of {count}; the shortest: {shortest:?}");
}

#[test]
fn random_workloads_become_steady() {
    sweep::<BlinkAlloc<_, 1>>(1, budget(2400));
}

#[test]
fn random_workloads_become_steady_with_a_minimum_alignment() {
    sweep::<BlinkAlloc<_, 8>>(2, budget(800));
    sweep::<BlinkAlloc<_, 16>>(3, budget(800));
}

#[test]
fn random_workloads_become_steady_in_a_shared_arena() {
    sweep::<SyncBlinkAlloc<_>>(1, budget(2400));
}

#[test]
fn random_workloads_become_steady_in_a_local_arena() {
    sweep::<Leased<_>>(1, budget(800));
}

#[test]
fn random_workloads_become_steady_in_local_arenas_of_one_that_is_reset() {
    sweep::<Renewed<_>>(1, budget(800));
}

#[test]
fn workloads_that_once_were_not_steady() {
    fn check<A: Arena>() {
        let allocate = Step::Allocate;
        let resize = |to| Step::Resize(0, to);
        // Found by the sweep with a large budget.
        let cases = [vec![
            allocate(layout(1824, 2)),
            allocate(layout(2737, 1)),
            allocate(layout(3649, 1)),
            resize(layout(4561, 2)),
            resize(layout(5474, 4)),
        ]];
        for base in Base::all() {
            for steps in &cases {
                for frees in [true, false] {
                    let steps = steps.clone();
                    let arena = A::over(base.again());
                    assert_steady(arena, &Workload { steps, frees });
                }
            }
        }
    }
    every!(check);
}

#[test]
fn every_size_and_alignment_becomes_steady() {
    fn check<A: Arena>() {
        for base in Base::all() {
            for align in (0..13).map(|bit| 1 << bit) {
                for size in (0..19).map(|bit| 1 << bit) {
                    for count in [1, 2, 10, 100] {
                        let size = size - usize::from(count > 1 && size > 1);
                        let count = count.min((4 << 20) / size);
                        let arena = A::over(base.again());
                        assert_steady(arena, &sequence(vec![size; count], align));
                    }
                }
            }
        }
    }
    every!(check);
}

#[test]
fn many_small_blocks_become_steady() {
    fn check<A: Arena>() {
        for base in Base::all() {
            for size in [1, 3, 24, 100] {
                let arena = A::over(base.again());
                assert_steady(arena, &sequence(vec![size; 10_000], 1));
            }
        }
    }
    every!(check);
}

#[test]
fn large_before_small_and_small_before_large_become_steady() {
    fn check<A: Arena>() {
        let mut sequences: Vec<Vec<usize>> = vec![
            vec![10, 1 << 20, 10],
            vec![1 << 20, 10],
            vec![10, 1 << 20],
            vec![1 << 20; 3],
            (0..20).map(|bit| 1 << bit).collect(),
        ];
        let reversed = sequences
            .iter()
            .map(|sizes| sizes.iter().rev().copied().collect());
        let reversed: Vec<_> = reversed.collect();
        sequences.extend(reversed);
        for base in Base::all() {
            for sizes in &sequences {
                for align in [1, 16, 64, 4096] {
                    let arena = A::over(base.again());
                    assert_steady(arena, &sequence(sizes.iter().copied(), align));
                }
            }
        }
    }
    every!(check);
}

#[test]
fn every_first_chunk_becomes_steady() {
    fn check<A: Arena>(with_chunk_size_in: fn(usize, Base) -> A) {
        let mut random = Random::new(7);
        for base in Base::all() {
            for size in (0..2000).step_by(37).chain([1 << 16, 1 << 20]) {
                let arena = with_chunk_size_in(size, base.again());
                assert_steady(arena, &Workload::random(&mut random));
            }
        }
    }
    check(BlinkAlloc::with_chunk_size_in);
    check(SyncBlinkAlloc::with_chunk_size_in);
    check(Leased::with_chunk_size_in);
    check(Renewed::with_chunk_size_in);
}

#[test]
fn a_buffer_that_is_gone_before_the_reset_becomes_steady() {
    fn check<A: Arena>() {
        // The cursor does not show how much was in use.
        for base in Base::all() {
            for largest in [1000, 30_000, 1 << 20] {
                let grow = |size| Step::Resize(0, layout(size, 8));
                let mut steps = vec![Step::Allocate(layout(16, 8))];
                steps.extend((5..24).map(|bit| grow((1 << bit).min(largest))));
                steps.extend([Step::Free(0), Step::Allocate(layout(10, 1))]);
                steps.extend((0..4).flat_map(|_| {
                    let block = layout(largest / 2, 8);
                    [Step::Allocate(block), Step::Free(0)]
                }));
                for frees in [true, false] {
                    let steps = steps.clone();
                    let arena = A::over(base.again());
                    assert_steady(arena, &Workload { steps, frees });
                }
            }
        }
    }
    every!(check);
}

#[test]
fn empty_blocks_of_large_alignment_become_steady() {
    fn check<A: Arena>() {
        // They move the cursor, by another distance in another chunk.
        let mut random = Random::new(8);
        for base in Base::all() {
            for _ in 0..budget(300) {
                let count = 1 + random.below(40);
                let steps = (0..count).map(|_| {
                    let align = random.power(4096);
                    let size = random.pick(&[0, 1]) * random.scaled(500);
                    Step::Allocate(layout(size, align))
                });
                let steps = steps.collect();
                let arena = A::over(base.again());
                assert_steady(
                    arena,
                    &Workload {
                        steps,
                        frees: false,
                    },
                );
            }
        }
    }
    every!(check);
}

#[test]
fn a_reserve_in_each_cycle_becomes_steady() {
    fn check<A: Arena>() {
        for base in Base::all() {
            for bytes in [10, 1000, 100_000] {
                let mut workload = sequence([100, 700, 5000, 300, 60_000, 10], 8);
                for at in [6, 4, 3, 1, 0] {
                    workload.steps.insert(at, Step::Reserve(bytes));
                }
                assert_steady(A::over(base.again()), &workload);
            }
        }
    }
    every!(check);
}

#[test]
fn a_capacity_for_the_cycle_is_steady_at_once() {
    fn check<A: Arena>(mut arena: A) {
        let workload = sequence([100, 700, 5000, 300, 60_000, 10], 8);
        for _ in 0..4 {
            let calls = arena.inner().calls();
            workload.run(&arena);
            arena.reset();
            assert_eq!(arena.inner().calls(), calls);
        }
    }
    check(BlinkAlloc::with_capacity_in(67_000, Base::plain()));
    check(SyncBlinkAlloc::with_capacity_in(67_000, Base::plain()));
}

#[test]
fn a_limit_that_the_first_cycle_kept_is_enough_for_the_others() {
    fn check<A: Arena>() {
        let mut random = Random::new(9);
        for base in Base::all().filter(|base| base.shape() != Shape::Generous) {
            for _ in 0..budget(100) {
                let sizes: Vec<_> = (0..random.scaled(200))
                    .map(|_| random.scaled(2000))
                    .collect();
                let workload = sequence(sizes, 1);
                let mut arena = A::over(base.again());
                workload.run(&arena);
                arena.set_limit(Some(arena.inner().peak()));
                arena.reset();
                assert_eq!(late_calls(&mut arena, |arena| workload.run(arena)), 0);
            }
        }
    }
    every!(check);
}

#[test]
fn loops_of_frames_become_steady() {
    fn check<A: Arena>() {
        // Each cycle has several loops, and something around them.
        let mut random = Random::new(10);
        for base in Base::all() {
            for _ in 0..budget(100) {
                let mut arena = A::over(base.again());
                let loops: Vec<_> = (0..random.scaled(4))
                    .map(|_| (Workload::random(&mut random), random.scaled(4)))
                    .collect();
                let late = late_calls(&mut arena, |arena| {
                    for (workload, turns) in &loops {
                        arena.allocate(layout(10, 1)).unwrap();
                        for _ in 0..*turns {
                            let mark = arena.mark();
                            workload.run(arena);
                            // SAFETY: a mark of this arena, and the workload has left no block.
                            unsafe { arena.go_back(mark) };
                        }
                    }
                });
                assert_eq!(late, 0, "{:?}, {loops:?}", base.shape());
            }
        }
    }
    every!(check);
}

#[test]
fn a_frame_at_every_place_in_a_chunk_becomes_steady() {
    fn check<A: Arena>() {
        // A chunk that a frame added is there for the next one, wherever the frame begins.
        for base in Base::all() {
            for inside in [
                &[1][..],
                &[100, 100],
                &[600, 10],
                &[10, 5000, 10, 5000],
                &[100_000],
            ] {
                let arena = A::over(base.again());
                let workload = sequence(inside.iter().copied(), 1);
                for _ in 0..600 {
                    assert_eq!(late_calls_in_frames(&arena, &workload), 0);
                    arena.allocate(layout(1, 1)).unwrap();
                }
            }
        }
    }
    every!(check);
}

/// A cycle of a shared arena: locals one after the other and several at once, each with a
/// workload, and blocks of its own between them.
fn run_locals(shared: &SyncBlinkAlloc<Base>, workloads: &[Workload]) {
    let live: Vec<_> = workloads
        .iter()
        .map(|workload| {
            let (kept, ended) = (shared.local(), shared.local());
            workload.run_in_local(&kept);
            shared.allocate(layout(1000, 64)).unwrap();
            workload.run_in_local(&ended);
            kept
        })
        .collect();
    // What the ended ones have leased is there again.
    for (local, workload) in live.iter().zip(workloads) {
        workload.run_in_local(local);
    }
}

#[test]
fn local_arenas_beside_each_other_become_steady() {
    let mut random = Random::new(15);
    for base in Base::all() {
        for _ in 0..budget(60) {
            let count = 1 + random.below(4);
            let workloads: Vec<_> = (0..count).map(|_| Workload::random(&mut random)).collect();
            let mut shared = SyncBlinkAlloc::new_in(base.again());
            let mut late = 0;
            for cycle in 1..=6 {
                let before = shared.inner().calls();
                run_locals(&shared, &workloads);
                shared.reset();
                late += if cycle < 3 {
                    0
                } else {
                    shared.inner().calls() - before
                };
            }
            assert_eq!(late, 0, "{:?}, {workloads:?}", base.shape());
        }
    }
}

#[test]
fn local_arenas_that_come_and_go_take_no_more_than_one() {
    // Without a reset of the shared arena: each has what the one before has given back.
    let mut random = Random::new(16);
    for _ in 0..budget(40) {
        let (size, count) = (random.scaled(100_000), random.scaled(20));
        let workload = sequence(vec![size; count], 8);
        let shared = SyncBlinkAlloc::new_in(Base::plain());
        workload.run_in_local(&shared.local());
        let calls = shared.inner().calls();
        for _ in 0..200 {
            workload.run_in_local(&shared.local());
        }
        assert_eq!(shared.inner().calls(), calls, "{size}, {count}");
    }
}

#[test]
fn a_local_arena_of_changing_cycles_stays_small() {
    // Leases of all sizes go back and forth. The shared arena is not reset.
    let mut random = Random::new(17);
    for _ in 0..budget(5) {
        let most = 1 << (14 + random.below(8));
        let shared = SyncBlinkAlloc::new_in(Base::plain());
        let mut arena = shared.local();
        for _ in 0..1000 {
            let mut left = random.scaled(most);
            while left > 0 {
                let size = random.scaled(left);
                arena.allocate(layout(size, 8)).unwrap();
                left -= size;
            }
            arena.reset();
        }
        let held = shared.inner().live();
        assert!(held < 16 * most + (1 << 18), "{held} bytes for {most}");
    }
}
