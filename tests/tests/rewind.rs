//! `mark` and `rewind` of an arena, without frames around them: what was allocated before the
//! mark stays, and what was allocated since is had again at the same addresses.

use allocator_api2::alloc::{AllocError, Layout};
use blink_tests::{
    RED_ZONE,
    arena::Arena,
    block::{Block, assert_disjoint, layout},
    every_arena,
    random::Random,
    taken,
    time::budget,
};

type Blocks<'a, A> = Vec<Block<'a, A>>;

/// What is done to an arena.
#[derive(Clone, Copy, Debug)]
enum Step {
    Allocate(Layout),
    /// Resizes the newest block.
    Resize(Layout),
    FreeNewest,
    Reserve(usize),
}

impl Step {
    fn random(random: &mut Random, most: usize, align: usize) -> Self {
        let empty = random.once_in(20);
        let size = if empty { 0 } else { random.scaled(most) };
        let layout = layout(size, random.power(align));
        match random.below(12) {
            0 | 1 => Self::Resize(layout),
            2 => Self::FreeNewest,
            3 if random.once_in(5) => Self::Reserve(size),
            _ => Self::Allocate(layout),
        }
    }

    fn run<'a, A: Arena>(self, arena: &'a A, blocks: &mut Blocks<'a, A>) -> Result<(), AllocError> {
        match (self, blocks.last_mut()) {
            (Self::Allocate(layout), _) => {
                blocks.push(Block::new(arena, layout, blocks.len() as u8)?);
            }
            (Self::Resize(to), Some(newest)) if to.size() >= newest.layout().size() => {
                newest.grow(to)?;
            }
            (Self::Resize(to), Some(newest)) => newest.shrink(to)?,
            (Self::FreeNewest, Some(_)) => blocks.pop().unwrap().free(),
            (Self::Reserve(bytes), _) => arena.try_reserve(bytes)?,
            (_, None) => {}
        }
        Ok(())
    }
}

/// Steps that are done together.
#[derive(Debug)]
struct Script(Vec<Step>);

impl Script {
    fn random(random: &mut Random) -> Self {
        let most = random.pick(&[30, 400, 5000, 5000, 100_000]);
        let align = random.pick(&[1, 8, 64, 4096]);
        let count = random.scaled(24);
        Self(
            (0..count)
                .map(|_| Step::random(random, most, align))
                .collect(),
        )
    }

    /// Runs it up to the first refusal; returns the blocks, and how many steps there were.
    fn run<'a, A: Arena>(&self, arena: &'a A) -> (Blocks<'a, A>, usize) {
        let mut blocks = Vec::new();
        let mut steps = self.0.iter();
        let done = steps.position(|step| step.run(arena, &mut blocks).is_err());
        (blocks, done.unwrap_or(self.0.len()))
    }
}

fn addresses<A: Arena>(blocks: &Blocks<'_, A>) -> Vec<(usize, Layout)> {
    let each = blocks.iter();
    each.map(|block| (block.addr(), block.layout())).collect()
}

/// The addresses of what a script allocates behind a mark, to which the arena is rewound.
fn rewound<A: Arena>(arena: &A, script: &Script) -> Vec<(usize, Layout)> {
    let used = arena.allocated_bytes();
    let mark = arena.mark();
    let (blocks, _) = script.run(arena);
    blocks.iter().for_each(Block::check);
    assert_disjoint(&blocks);
    let addresses = addresses(&blocks);
    drop(blocks);
    // SAFETY: a mark of this arena, and the blocks are gone.
    unsafe { arena.go_back(mark) };
    assert_eq!(arena.allocated_bytes(), used);
    addresses
}

/// Runs a script behind a mark several times over. `first` says whether the first one finds the
/// arena as the others do.
fn repeat<A: Arena>(arena: &A, script: &Script, first: bool) {
    let mut before = rewound(arena, script);
    for turn in 1..4 {
        let (calls, capacity) = (arena.inner().calls(), arena.total_capacity());
        let addresses = rewound(arena, script);
        if first || turn > 1 {
            assert!(!A::EXACT || addresses == before, "{turn}");
            assert_eq!(arena.inner().calls(), calls, "{turn}: {script:?}");
            assert_eq!(arena.total_capacity(), capacity);
        }
        before = addresses;
    }
}

/// Cycles before, and a part of one.
fn history<'a, A: Arena>(arena: &'a mut A, random: &mut Random) -> (&'a A, Blocks<'a, A>) {
    if random.once_in(4) {
        arena.reset_final();
    }
    for _ in 0..random.below(3) {
        Script::random(random).run(arena);
        arena.reset();
    }
    if random.once_in(2) {
        return (arena, Vec::new());
    }
    let (blocks, _) = Script::random(random).run(arena);
    (arena, blocks)
}

#[test]
fn the_same_requests_have_the_same_addresses_again() {
    fn check<A: Arena>(mut arena: A) {
        let mut random = Random::new(31 + A::MIN as u64);
        for _ in 0..budget(800) {
            let (arena, before) = history(&mut arena, &mut random);
            // In an arena without a chunk empty blocks have other addresses the first time.
            let first = random.once_in(2);
            if first {
                arena.reserve(1);
            }
            repeat(arena, &Script::random(&mut random), first);
            before.iter().for_each(Block::check);
        }
    }
    every_arena!(check);
}

/// Scripts behind marks, inside each other. What comes behind the inner ones is where it was
/// without them.
fn nest<A: Arena>(arena: &A, random: &mut Random, depth: usize) {
    let mark = arena.mark();
    let used = arena.allocated_bytes();
    let script = Script::random(random);
    let behind = Script::random(random);
    let mut before = None;
    for turn in 0..4 {
        let (blocks, _) = script.run(arena);
        for _ in 0..turn.min(depth) {
            nest(arena, random, depth - 1);
        }
        if random.once_in(3) {
            // One that nobody rewinds to.
            arena.mark();
        }
        let (more, _) = behind.run(arena);
        blocks.iter().chain(&more).for_each(Block::check);
        let addresses = (addresses(&blocks), addresses(&more));
        drop((blocks, more));
        // SAFETY: a mark of this arena, and the blocks are gone.
        unsafe { arena.go_back(mark) };
        assert_eq!(arena.allocated_bytes(), used);
        if turn > 0 {
            let before = before.get_or_insert_with(|| addresses.clone());
            assert!(!A::EXACT || *before == addresses, "{turn}");
        }
    }
}

#[test]
fn marks_nest() {
    fn check<A: Arena>(mut arena: A) {
        let mut random = Random::new(32 + A::MIN as u64);
        for _ in 0..budget(40) {
            let (arena, before) = history(&mut arena, &mut random);
            nest(arena, &mut random, 2);
            before.iter().for_each(Block::check);
        }
    }
    every_arena!(check);
}

/// Runs a script that is refused something, under `restrict`. What went through does so again.
fn refused<A: Arena>(arena: &A, script: &Script, restrict: impl Fn()) -> bool {
    let before = arena.stats();
    let mark = arena.mark();
    restrict();
    let (blocks, done) = script.run(arena);
    blocks.iter().for_each(Block::check);
    let first = addresses(&blocks);
    drop(blocks);
    // SAFETY: a mark of this arena, and the blocks are gone.
    unsafe { arena.go_back(mark) };
    assert_eq!(arena.allocated_bytes(), before.used());

    let calls = arena.inner().calls();
    let again = rewound(arena, &Script(script.0[..done].to_vec()));
    assert!(!A::EXACT || again == first);
    assert!(!A::EXACT || arena.inner().calls() == calls);
    done < script.0.len()
}

#[test]
fn a_limit_is_for_all_frames_together() {
    fn check<A: Arena>(mut arena: A) {
        let mut random = Random::new(33 + A::MIN as u64);
        let mut refusals = 0;
        for _ in 0..budget(400) {
            arena.set_limit(None);
            let (arena, before) = history(&mut arena, &mut random);
            arena.reserve(1);
            let limit = arena.inner().live() + random.scaled(50_000);
            let script = Script::random(&mut random);
            let restrict = || arena.set_limit(Some(limit));
            refusals += usize::from(refused(arena, &script, restrict));
            assert!(arena.inner().live() <= limit);
            before.iter().for_each(Block::check);
        }
        assert!(refusals > 2, "otherwise nothing is tested");
    }
    every_arena!(check);
}

#[test]
fn refusals_at_every_call_lose_nothing_behind_a_mark() {
    fn check<A: Arena>(mut arena: A) {
        let mut random = Random::new(34 + A::MIN as u64);
        let mut refusals = 0;
        for round in 0..budget(400) {
            arena.inner().obey();
            let (arena, before) = history(&mut arena, &mut random);
            arena.reserve(1);
            let script = Script::random(&mut random);
            let times = random.pick(&[1, 2, usize::MAX]);
            let restrict = || arena.inner().refuse(round % 4, times);
            refusals += usize::from(refused(arena, &script, restrict));
            before.iter().for_each(Block::check);
            arena.inner().obey();
            repeat(arena, &script, false);
        }
        // With red zones a local arena has few.
        assert!(refusals > 2 || !A::DIRECT, "otherwise nothing is tested");
    }
    every_arena!(check);
}

/// Takes bytes one by one behind a mark, until there are no more. Returns how many there were.
fn exhaust<A: Arena>(arena: &A, mark: A::Mark) -> usize {
    let used = arena.allocated_bytes();
    arena.inner().refuse_all();
    let mut had = 0;
    while arena.allocate(layout(1, 1)).is_ok() {
        had += taken(1, A::MIN);
    }
    arena.inner().obey();
    // SAFETY: a mark of this arena, and none of the bytes is used.
    unsafe { arena.go_back(mark) };
    assert_eq!(arena.allocated_bytes(), used);
    had
}

#[test]
fn every_byte_behind_a_mark_is_usable_again() {
    fn check<A: Arena>(mut arena: A) {
        let mut random = Random::new(35 + A::MIN as u64);
        for _ in 0..budget(40) {
            if random.once_in(4) {
                arena.reset_final();
            }
            // Small blocks, so that no chunk is for one of them alone.
            for _ in 0..random.below(30) {
                arena.allocate(layout(random.scaled(100), 1)).unwrap();
            }
            let (mark, capacity) = (arena.mark(), arena.total_capacity());
            let free = exhaust(&arena, mark);
            for _ in 0..random.below(100) {
                arena.allocate(layout(random.scaled(100), 1)).unwrap();
            }
            // SAFETY: a mark of this arena, and none of the blocks is used.
            unsafe { arena.go_back(mark) };
            let added = arena.total_capacity() - capacity;
            for _ in 0..2 {
                let lost = (free + added).saturating_sub(exhaust(&arena, mark));
                assert!(
                    !A::EXACT || lost <= arena.stats().chunks() * RED_ZONE,
                    "{lost}"
                );
            }
            arena.reset();
        }
    }
    every_arena!(check);
}

#[test]
fn what_is_from_before_a_mark_may_shrink_and_end_behind_it() {
    fn check<A: Arena>(mut arena: A) {
        let mut random = Random::new(36 + A::MIN as u64);
        for _ in 0..budget(300) {
            let (arena, mut before) = history(&mut arena, &mut random);
            arena.reserve(1);
            let script = Script::random(&mut random);
            let addresses = rewound(arena, &script);
            let (mark, used) = (arena.mark(), arena.allocated_bytes());
            if let Some(newest) = before.last_mut() {
                let less = newest.layout().size() / 2;
                newest.shrink(layout(less, 1)).unwrap();
            }
            if random.once_in(2) {
                before.pop().into_iter().for_each(Block::free);
            }
            let (blocks, _) = script.run(arena);
            blocks.iter().for_each(Block::check);
            drop(blocks);
            // SAFETY: a mark of this arena, and the blocks are gone.
            unsafe { arena.go_back(mark) };
            assert_eq!(arena.allocated_bytes(), used);
            let again = rewound(arena, &script);
            assert!(!A::EXACT || again == addresses);
            before.iter().for_each(Block::check);
        }
    }
    every_arena!(check);
}

#[test]
fn a_rewind_to_where_there_was_no_chunk_stays_in_the_first() {
    // So that a loop of frames starts in a chunk each time.
    fn check<A: Arena>(arena: A) {
        let mark = arena.mark();
        let first = Block::new(&arena, layout(10, 1), 1).unwrap().addr();
        for more in [0, 1000, 100_000] {
            Block::new(&arena, layout(more, 1), 1).unwrap();
            // SAFETY: a mark of this arena, and no block is used.
            unsafe { arena.go_back(mark) };
            assert_eq!(arena.allocated_bytes(), 0);
            // An empty block is where the cursor is, if there is a chunk in use.
            let empty = Block::new(&arena, layout(0, 1), 1).unwrap();
            assert!(A::NAME == "SyncBlinkAlloc" || empty.addr() == first);
            empty.free();
            let again = Block::new(&arena, layout(10, 1), 1).unwrap();
            assert_eq!(again.addr(), first);
            again.free();
        }
    }
    every_arena!(check);
}
