//! What a model is written in: steps of two threads, run through their interleavings.

use std::{
    env,
    ptr::NonNull,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};

use allocator_api2::alloc::{Allocator, Layout};
use blink_alloc::{Rewind, SyncBlinkAlloc};
use loom::{model::Builder, thread};

use crate::memory::{Buffer, Memory};

type Arena = SyncBlinkAlloc<Memory>;

/// How often a thread is preempted, unless the environment says otherwise.
const BOUND: usize = 4;

/// What a thread does. Blocks that it has taken and not freed are compared in the end.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// Takes a block of this size and alignment, and fills it.
    Take(usize, usize),
    /// Takes a block, if there is room.
    Try(usize),
    /// Asks for a block that nobody can have.
    Refused(usize, usize),
    /// Frees the newest block.
    Free,
    /// Resizes the newest block.
    Resize(usize),
    Reserve(usize),
    Stats,
    /// Limits the arena to what it has.
    Limit,
    /// Does this, and rewinds the arena: the chunks that it took wait. In `before` only.
    Rewound(&'static [Step]),
    /// Does this in a local arena, and drops it.
    Local(&'static [Step]),
    /// Does this in a local arena, and forgets it. Its blocks stay.
    Forgotten(&'static [Step]),
}

/// Two threads on one arena.
#[derive(Clone, Copy)]
pub struct Model {
    /// The size of the first chunk. 0 is the smallest: room for 16 bytes.
    pub first: usize,
    /// What the first thread has done before the other starts.
    pub before: &'static [Step],
    pub threads: [&'static [Step]; 2],
    /// Chunks there may be when both have ended.
    pub chunks: usize,
    /// What one thread does after that and a reset.
    pub after: &'static [Step],
}

/// A block that somebody has filled.
struct Block {
    start: NonNull<u8>,
    layout: Layout,
    byte: u8,
}

impl Block {
    fn check(&self, memory: &Memory) {
        memory.check(self.start, self.layout.size(), self.byte);
    }

    fn own(&self, memory: &Memory) {
        self.check(memory);
        memory.own(self.start, self.layout.size());
    }
}

/// A thread in its steps.
struct Actor<'a> {
    arena: &'a Arena,
    blocks: Vec<Block>,
    /// What the next block is filled with.
    byte: u8,
}

impl Actor<'_> {
    fn memory(&self) -> &Memory {
        self.arena.inner()
    }

    fn next_byte(&mut self) -> u8 {
        self.byte += 1;
        self.byte
    }

    /// Takes steps in the shared arena or in a local one.
    fn run(&mut self, alloc: &impl Allocator, steps: &[Step]) {
        for &step in steps {
            match step {
                Step::Take(size, align) => assert!(self.take(alloc, layout(size, align))),
                Step::Try(size) => _ = self.take(alloc, layout(size, 8)),
                Step::Refused(size, align) => assert!(alloc.allocate(layout(size, align)).is_err()),
                Step::Free => self.free(alloc),
                Step::Resize(size) => self.resize(alloc, size),
                Step::Reserve(size) => self.arena.reserve(size),
                Step::Stats => self.stats(),
                Step::Limit => self.limit(),
                Step::Rewound(steps) => self.rewound(steps),
                Step::Local(steps) => self.local(steps),
                Step::Forgotten(steps) => self.forgotten(steps),
            }
        }
    }

    /// Whether there was room.
    fn take(&mut self, alloc: &impl Allocator, layout: Layout) -> bool {
        let Ok(block) = alloc.allocate(layout) else {
            return false;
        };
        assert_eq!(block.addr().get() % layout.align(), 0);
        self.fill(block.cast(), layout);
        true
    }

    fn fill(&mut self, start: NonNull<u8>, layout: Layout) {
        let byte = self.next_byte();
        self.memory().fill(start, layout.size(), byte);
        self.blocks.push(Block {
            start,
            layout,
            byte,
        });
    }

    fn free(&mut self, alloc: &impl Allocator) {
        let block = self.blocks.pop().unwrap();
        block.own(self.memory());
        // SAFETY: taken from this allocator with this layout, and ended.
        unsafe { alloc.deallocate(block.start, block.layout) };
    }

    fn resize(&mut self, alloc: &impl Allocator, size: usize) {
        let block = self.blocks.pop().unwrap();
        let (old, new) = (block.layout, layout(size, block.layout.align()));
        block.own(self.memory());
        let moved = if size > old.size() {
            // SAFETY: taken from this allocator with this layout, and the new size is larger.
            unsafe { alloc.grow(block.start, old, new) }
        } else {
            // SAFETY: as above, but not larger.
            unsafe { alloc.shrink(block.start, old, new) }
        };
        let start = moved.unwrap().cast();
        let kept = size.min(old.size());
        self.memory().check(start, kept, block.byte);
        self.fill(start, new);
    }

    fn stats(&self) {
        let stats = self.arena.stats();
        assert!(stats.used() <= stats.capacity());
    }

    fn limit(&self) {
        self.arena.set_limit(Some(0));
    }

    fn rewound(&mut self, steps: &[Step]) {
        let (mark, before) = (self.arena.mark(), self.blocks.len());
        self.run(self.arena, steps);
        for block in self.blocks.split_off(before) {
            block.own(self.memory());
        }
        // SAFETY: the mark of this arena, whose blocks since have ended, and no other thread
        // has started.
        unsafe { self.arena.rewind(mark) };
    }

    fn local(&mut self, steps: &[Step]) {
        let (local, before) = (self.arena.local(), self.blocks.len());
        self.run(&local, steps);
        for block in self.blocks.split_off(before) {
            block.own(self.memory());
        }
    }

    fn forgotten(&mut self, steps: &[Step]) {
        let local = self.arena.local();
        self.run(&local, steps);
        std::mem::forget(local);
    }
}

fn layout(size: usize, align: usize) -> Layout {
    Layout::from_size_align(size, align).unwrap()
}

/// What is left of the steps of one thread.
fn act(arena: &Arena, steps: &[Step], blocks: Vec<Block>, byte: u8) -> Vec<Block> {
    let mut actor = Actor {
        arena,
        blocks,
        byte,
    };
    actor.run(arena, steps);
    actor.blocks
}

impl Model {
    /// A model without a beginning and an end.
    pub const fn new(first: usize, threads: [&'static [Step]; 2], chunks: usize) -> Self {
        Self {
            first,
            before: &[],
            threads,
            chunks,
            after: &[],
        }
    }

    /// Runs the model; returns the number of interleavings.
    pub fn check(self) -> usize {
        let buffer = Buffer::new();
        let runs = Arc::new(AtomicUsize::new(0));
        let count = runs.clone();
        explore(move || {
            count.fetch_add(1, Relaxed);
            self.run(buffer);
        });
        let runs = runs.load(Relaxed);
        buffer.free();
        runs
    }

    fn run(self, buffer: Buffer) {
        let arena = Arena::with_chunk_size_in(self.first, Memory::new(buffer));
        let mut arena = Arc::new(arena);
        let blocks = act(&arena, self.before, Vec::new(), 0);
        let thread = thread::spawn({
            let arena = arena.clone();
            move || act(&arena, self.threads[1], Vec::new(), 100)
        });
        let mut blocks = act(&arena, self.threads[0], blocks, 50);
        blocks.extend(thread.join().unwrap());
        let arena = Arc::get_mut(&mut arena).expect("the thread has ended");
        self.inspect(arena, &blocks);
        drop(blocks);
        self.end(arena);
    }

    /// Looks at what both threads have left.
    fn inspect(&self, arena: &Arena, blocks: &[Block]) {
        for block in blocks {
            block.check(arena.inner());
        }
        let stats = arena.stats();
        let bytes: usize = blocks.iter().map(|block| block.layout.size()).sum();
        assert!((bytes..=stats.capacity()).contains(&stats.used()));
        assert!(stats.chunks() <= self.chunks, "{stats}");
        assert_eq!(stats.chunks(), arena.inner().chunks(), "one was lost");
    }

    /// Goes on after a reset.
    fn end(&self, arena: &mut Arena) {
        arena.reset();
        assert_eq!(arena.allocated_bytes(), 0);
        arena.set_limit(None);
        for block in act(arena, self.after, Vec::new(), 150) {
            block.check(arena.inner());
        }
    }
}

/// Runs a model through its interleavings.
pub fn explore(model: impl Fn() + Send + Sync + 'static) {
    let mut builder = Builder::new();
    builder.preemption_bound = Some(bound());
    builder.check(model);
}

/// How often a thread is preempted.
fn bound() -> usize {
    let bound = env::var("BLINK_LOOM_BOUND");
    bound.map_or(BOUND, |text| {
        text.parse().expect("BLINK_LOOM_BOUND is a number")
    })
}
