//! The promise of the steady state: from the third cycle of a constant workload on the base
//! allocator is not called.

use std::ptr::NonNull;

use allocator_api2::alloc::Layout;
use blink_alloc::BlinkAlloc;
use blink_tests::{
    base::{Base, Shape},
    block::layout,
    random::Random,
    time::budget,
};

type Arena<const MIN: usize> = BlinkAlloc<Base, MIN>;

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

    fn run<const MIN: usize>(&self, arena: &Arena<MIN>) {
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
                Step::Reserve(bytes) => arena.reserve(bytes),
                Step::Enter => frames.push((arena.mark(), live.len())),
                Step::Leave => {
                    if let Some((mark, floor)) = frames.pop() {
                        live.truncate(floor);
                        // SAFETY: a mark of this arena, and its blocks are gone.
                        unsafe { arena.rewind(mark) };
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
    fn new<const MIN: usize>(arena: &Arena<MIN>, layout: Layout) -> Self {
        Self(arena.allocate(layout).unwrap().cast(), layout)
    }

    fn resize<const MIN: usize>(&mut self, arena: &Arena<MIN>, to: Layout) {
        // SAFETY: a block of this arena with this layout, see the type.
        let block = unsafe { arena.resize(self.0, self.1, to) };
        *self = Self(block.unwrap().cast(), to);
    }

    fn free<const MIN: usize>(self, arena: &Arena<MIN>) {
        // SAFETY: a block of this arena of this size, see the type.
        unsafe { arena.deallocate(self.0, self.1.size()) };
    }
}

/// Calls of the base allocator in cycles 3 to 6.
fn late_calls<const MIN: usize>(arena: &mut Arena<MIN>, mut run: impl FnMut(&Arena<MIN>)) -> usize {
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
fn late_calls_in_frames<const MIN: usize>(arena: &Arena<MIN>, workload: &Workload) -> usize {
    let mut late = 0;
    for frame in 1..=6 {
        let before = arena.inner().calls();
        let mark = arena.mark();
        workload.run(arena);
        // SAFETY: a mark of this arena, and the workload has left no block.
        unsafe { arena.rewind(mark) };
        if frame >= 3 {
            late += arena.inner().calls() - before;
        }
    }
    late
}

#[track_caller]
fn assert_steady<const MIN: usize>(mut arena: Arena<MIN>, workload: &Workload) {
    let shape = arena.inner().shape();
    let late = late_calls(&mut arena, |arena| workload.run(arena));
    assert_eq!(late, 0, "{shape:?}, {workload:?}");
    arena.reset_final();
    let late = late_calls_in_frames(&arena, workload);
    assert_eq!(late, 0, "in frames: {shape:?}, {workload:?}");
}

/// The steps of one layout after the other.
fn sequence(sizes: impl IntoIterator<Item = usize>, align: usize) -> Workload {
    let layouts = sizes.into_iter().map(|size| layout(size, align));
    Workload {
        steps: layouts.map(Step::Allocate).collect(),
        frees: false,
    }
}

fn sweep<const MIN: usize>(seed: u64, count: usize) {
    let mut random = Random::new(seed);
    let bases: Vec<_> = Base::all().collect();
    let mut failed = 0;
    let mut shortest: Option<(usize, usize, Shape, Workload)> = None;
    for number in 0..count {
        let base = bases[number % bases.len()].again();
        // Several workloads one after the other: each is steady after any other.
        let mut arena = Arena::<MIN>::with_min_align_in(base);
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
    sweep::<1>(1, budget(2400));
}

#[test]
fn random_workloads_become_steady_with_a_minimum_alignment() {
    sweep::<8>(2, budget(800));
    sweep::<16>(3, budget(800));
}

#[test]
fn workloads_that_once_were_not_steady() {
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
                let arena = Arena::<1>::new_in(base.again());
                assert_steady(arena, &Workload { steps, frees });
            }
        }
    }
}

#[test]
fn every_size_and_alignment_becomes_steady() {
    for base in Base::all() {
        for align in (0..13).map(|bit| 1 << bit) {
            for size in (0..19).map(|bit| 1 << bit) {
                for count in [1, 2, 10, 100] {
                    let size = size - usize::from(count > 1 && size > 1);
                    let count = count.min((4 << 20) / size);
                    let arena = Arena::<1>::new_in(base.again());
                    assert_steady(arena, &sequence(vec![size; count], align));
                }
            }
        }
    }
}

#[test]
fn many_small_blocks_become_steady() {
    for base in Base::all() {
        for size in [1, 3, 24, 100] {
            let arena = Arena::<8>::with_min_align_in(base.again());
            assert_steady(arena, &sequence(vec![size; 10_000], 1));
        }
    }
}

#[test]
fn large_before_small_and_small_before_large_become_steady() {
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
                let arena = Arena::<1>::new_in(base.again());
                assert_steady(arena, &sequence(sizes.iter().copied(), align));
            }
        }
    }
}

#[test]
fn every_first_chunk_becomes_steady() {
    let mut random = Random::new(7);
    for base in Base::all() {
        for size in (0..2000).step_by(37).chain([1 << 16, 1 << 20]) {
            let arena = Arena::<1>::with_chunk_size_in(size, base.again());
            assert_steady(arena, &Workload::random(&mut random));
        }
    }
}

#[test]
fn a_buffer_that_is_gone_before_the_reset_becomes_steady() {
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
                let arena = Arena::<1>::new_in(base.again());
                assert_steady(arena, &Workload { steps, frees });
            }
        }
    }
}

#[test]
fn empty_blocks_of_large_alignment_become_steady() {
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
            let arena = Arena::<1>::new_in(base.again());
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

#[test]
fn a_reserve_in_each_cycle_becomes_steady() {
    for base in Base::all() {
        for bytes in [10, 1000, 100_000] {
            let mut workload = sequence([100, 700, 5000, 300, 60_000, 10], 8);
            for at in [6, 4, 3, 1, 0] {
                workload.steps.insert(at, Step::Reserve(bytes));
            }
            assert_steady(Arena::<1>::new_in(base.again()), &workload);
        }
    }
}

#[test]
fn a_capacity_for_the_cycle_is_steady_at_once() {
    let workload = sequence([100, 700, 5000, 300, 60_000, 10], 8);
    let mut arena = Arena::<1>::with_capacity_in(67_000, Base::plain());
    for _ in 0..4 {
        let calls = arena.inner().calls();
        workload.run(&arena);
        arena.reset();
        assert_eq!(arena.inner().calls(), calls);
    }
}

#[test]
fn a_limit_that_the_first_cycle_kept_is_enough_for_the_others() {
    let mut random = Random::new(9);
    for base in Base::all().filter(|base| base.shape() != Shape::Generous) {
        for _ in 0..budget(100) {
            let sizes: Vec<_> = (0..random.scaled(200))
                .map(|_| random.scaled(2000))
                .collect();
            let workload = sequence(sizes, 1);
            let mut arena = Arena::<1>::new_in(base.again());
            workload.run(&arena);
            arena.set_limit(Some(arena.inner().peak()));
            arena.reset();
            assert_eq!(late_calls(&mut arena, |arena| workload.run(arena)), 0);
        }
    }
}

#[test]
fn loops_of_frames_become_steady() {
    // Each cycle has several loops, and something around them.
    let mut random = Random::new(10);
    for base in Base::all() {
        for _ in 0..budget(100) {
            let mut arena = Arena::<1>::new_in(base.again());
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
                        unsafe { arena.rewind(mark) };
                    }
                }
            });
            assert_eq!(late, 0, "{:?}, {loops:?}", base.shape());
        }
    }
}

#[test]
fn a_frame_at_every_place_in_a_chunk_becomes_steady() {
    // A chunk that a frame added is there for the next one, wherever the frame begins.
    for base in Base::all() {
        for inside in [
            &[1][..],
            &[100, 100],
            &[600, 10],
            &[10, 5000, 10, 5000],
            &[100_000],
        ] {
            let arena = Arena::<1>::new_in(base.again());
            let workload = sequence(inside.iter().copied(), 1);
            for _ in 0..600 {
                assert_eq!(late_calls_in_frames(&arena, &workload), 0);
                arena.allocate(layout(1, 1)).unwrap();
            }
        }
    }
}
