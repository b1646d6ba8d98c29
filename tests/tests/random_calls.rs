//! Random calls against a model: blocks that know what they hold, and a base allocator that
//! refuses now and then.

use allocator_api2::alloc::{AllocError, Layout};
use blink_alloc::{BlinkAlloc, Stats, SyncBlinkAlloc};
use blink_tests::{
    CHECKED,
    arena::{Arena, Leased, Renewed},
    base::{Base, Shape},
    block::{Block, assert_disjoint, layout},
    every_arena,
    random::Random,
    time::budget,
};

/// The blocks that should be there.
struct Model<'a, A: Arena> {
    arena: &'a A,
    blocks: Vec<Block<'a, A>>,
}

fn some_layout(random: &mut Random) -> Layout {
    let largest = random.pick(&[16, 16, 256, 256, 4096, 100_000]);
    let size = random.scaled(largest) - random.below(2);
    let align = random.pick(&[1, 1, 1, 2, 4, 8, 8, 16, 32, 64, 4096]);
    layout(size, align)
}

impl<A: Arena> Model<'_, A> {
    fn allocate(&mut self, random: &mut Random) -> Result<(), AllocError> {
        let (layout, seed) = (some_layout(random), random.below(256) as u8);
        self.blocks.push(if random.once_in(4) {
            Block::zeroed(self.arena, layout, seed)?
        } else {
            Block::new(self.arena, layout, seed)?
        });
        Ok(())
    }

    /// The tip, as long as no chunk was added, every second time.
    fn some_block(&self, random: &mut Random) -> Option<usize> {
        let last = self.blocks.len().checked_sub(1)?;
        Some(if random.once_in(2) {
            last
        } else {
            random.below(last + 1)
        })
    }

    fn resize(&mut self, random: &mut Random) -> Result<(), AllocError> {
        let Some(index) = self.some_block(random) else {
            return Ok(());
        };
        let block = &mut self.blocks[index];
        let to = some_layout(random);
        if to.size() < block.layout().size() {
            block.shrink(to)
        } else if random.once_in(4) {
            block.grow_zeroed(to)
        } else {
            block.grow(to)
        }
    }

    fn free(&mut self, random: &mut Random) -> Result<(), AllocError> {
        if let Some(index) = self.some_block(random) {
            self.blocks.remove(index).free();
        }
        Ok(())
    }

    fn reserve(&mut self, random: &mut Random) -> Result<(), AllocError> {
        let bytes = random.scaled(20_000);
        self.arena.try_reserve(bytes)?;
        let calls = self.arena.inner().calls();
        let used = self.arena.allocated_bytes();
        // What was reserved is there, in one piece. A checker's red zone is not counted.
        if !CHECKED {
            Block::new(self.arena, layout(bytes, 1), 1).unwrap().free();
            assert_eq!(self.arena.allocated_bytes(), used);
        }
        assert_eq!(self.arena.inner().calls(), calls);
        Ok(())
    }

    /// One random call. An error must leave everything as it was.
    fn step(&mut self, random: &mut Random) {
        let before = self.arena.stats();
        let blocks = self.blocks.len();
        let result = match random.below(16) {
            0..6 => self.allocate(random),
            6..11 => self.resize(random),
            11..15 => self.free(random),
            _ => self.reserve(random),
        };
        let after = self.arena.stats();
        if result.is_err() {
            assert_eq!(after, before);
            assert_eq!(self.blocks.len(), blocks);
        }
        for chunk in after.iter() {
            assert!(chunk.used <= chunk.capacity);
        }
        assert_eq!(after.used(), self.arena.allocated_bytes());
        assert_eq!(after.capacity(), self.arena.total_capacity());
        if A::DIRECT {
            self.check_chunks(&after);
        }
    }

    /// The chunks are the blocks of the base allocator.
    fn check_chunks(&self, stats: &Stats) {
        let base = self.arena.inner();
        assert_eq!(stats.chunks(), base.blocks());
        if base.shape() != Shape::Generous {
            assert_eq!(stats.capacity() + stats.chunks() * A::RECORD, base.live());
        }
    }

    fn check(&self) {
        self.blocks.iter().for_each(Block::check);
        assert_disjoint(&self.blocks);
    }
}

fn trouble<A: Arena>(arena: &A, random: &mut Random) {
    let base = arena.inner();
    match random.below(8) {
        0 => base.refuse(random.below(4), 1 + random.below(3)),
        1 => base.refuse(random.below(4), usize::MAX),
        2 => arena.set_limit(Some(random.scaled(200_000))),
        3 => base.set_ceiling(random.scaled(200_000)),
        _ => {
            base.obey();
            base.set_ceiling(1 << 30);
            arena.set_limit(None);
        }
    }
}

fn cycle<A: Arena>(arena: &A, random: &mut Random) {
    let mut model = Model {
        arena,
        blocks: Vec::new(),
    };
    for step in 0..random.scaled(400) {
        if random.once_in(20) {
            trouble(arena, random);
        }
        model.step(random);
        if step % 16 == 0 {
            model.check();
        }
    }
    model.check();
}

#[test]
fn random_calls_keep_every_block() {
    fn check<A: Arena>(mut arena: A) {
        let mut random = Random::new(A::MIN as u64);
        for _ in 0..budget(300) {
            cycle(&arena, &mut random);
            match random.below(12) {
                0 => arena.reset_final(),
                1 => {
                    let bytes = random.scaled(100_000);
                    arena.reset_to(bytes);
                    assert!(arena.total_capacity() <= bytes);
                }
                _ => arena.reset(),
            }
            assert_eq!(arena.allocated_bytes(), 0);
        }
    }
    every_arena!(check);
}

#[test]
fn random_first_chunks_keep_every_block() {
    fn check<A: Arena>(with_chunk_size_in: fn(usize, Base) -> A) {
        let mut random = Random::new(99);
        for base in Base::all() {
            for _ in 0..budget(200) {
                let mut arena = with_chunk_size_in(random.scaled(10_000), base.clone());
                for _ in 0..3 {
                    cycle(&arena, &mut random);
                    arena.reset();
                }
                base.obey();
                base.set_ceiling(1 << 30);
                drop(arena);
                assert_eq!(base.live(), 0);
            }
        }
    }
    check(BlinkAlloc::with_chunk_size_in);
    check(SyncBlinkAlloc::with_chunk_size_in);
    check(Leased::with_chunk_size_in);
    check(Renewed::with_chunk_size_in);
}
