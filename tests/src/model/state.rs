//! What the model knows, and what must hold after every operation.

use core::{alloc::Layout, mem, ptr::NonNull};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use blink_alloc::Blink;

use crate::RECORD;

use super::{
    Arena,
    base::Base,
    blocks::{Block, Blocks, Content, OFFSETS},
    input::Input,
    values::{self, Planned, Sample, take_dropped},
};

/// Whether the arena leaves room between blocks for a memory checker.
pub(super) const CHECKED: bool = cfg!(any(blink_asan, blink_msan, blink_valgrind));

/// The owner of values that nobody drops.
pub(super) const NOBODY: usize = usize::MAX;

pub(super) struct State<'a> {
    pub input: Input<'a>,
    pub base: Base,
    pub blocks: Blocks,
    /// By adaptor, what it owes.
    pub owners: [Owner; 2],
    pub limit: Option<usize>,
    /// Whether the chunks of the arena are the blocks of the base allocator.
    pub direct: bool,
    /// Whether this is one of several equal cycles: without limits, refusals and resets.
    pub steady: bool,
    /// Frames around what is done now.
    pub depth: usize,
    /// Calls of the base allocator that were held against the limit.
    calls: usize,
    ids: u32,
}

/// What was there when a frame was entered.
#[derive(Clone, Copy)]
pub(super) struct Level {
    /// Where the blocks of the frame around it begin.
    blocks: usize,
    entries: usize,
    /// Bytes in use.
    pub used: usize,
}

/// The values of one adaptor.
#[derive(Default)]
pub(super) struct Owner {
    /// Oldest first.
    entries: Vec<Entry>,
}

/// Values that are dropped together.
struct Entry {
    /// What they log.
    logged: Vec<u32>,
    /// One of them will panic.
    bomb: bool,
    /// One of them has memory elsewhere.
    leaks: bool,
}

impl Owner {
    pub(super) fn has_bomb(&self) -> bool {
        has_bomb(&self.entries)
    }

    pub(super) fn leaks(&self) -> bool {
        self.entries.iter().any(|entry| entry.leaks)
    }
}

impl<'a> State<'a> {
    pub(super) fn new(mut input: Input<'a>) -> Self {
        // What an earlier run may have left when it failed.
        take_dropped();
        values::arm(false);
        let base = Base::new(input.byte());
        Self {
            input,
            base,
            blocks: Blocks::default(),
            owners: Default::default(),
            limit: None,
            direct: true,
            steady: false,
            depth: 0,
            calls: 0,
            ids: 0,
        }
    }

    /// Whether an operation of ordinary size must succeed.
    pub(super) fn is_reliable(&self) -> bool {
        self.limit.is_none() && self.base.is_willing()
    }

    /// An operation has failed before which the base allocator had refused `refused` calls.
    pub(super) fn assert_refused(&self, refused: usize) {
        let reason = self.limit.is_some() || self.base.refused() > refused;
        assert!(reason, "failed although memory was to be had");
    }

    pub(super) fn new_id(&mut self) -> u32 {
        self.ids += 1;
        self.ids
    }

    pub(super) fn new_offset(&mut self) -> usize {
        self.input.below(OFFSETS)
    }

    /// Fills a new block, and adds it.
    pub(super) fn add_block(&mut self, start: NonNull<u8>, layout: Layout) {
        let offset = self.new_offset();
        let block = Block::filled(start, layout, offset);
        self.blocks.insert(block, &self.base);
    }

    /// Adds a block that holds this piece of the text already.
    pub(super) fn add_text(&mut self, start: NonNull<u8>, layout: Layout, offset: usize) {
        let content = Content::Text { offset };
        let block = Block {
            start,
            layout,
            content,
        };
        self.blocks.insert(block, &self.base);
    }

    /// Adds values that lie in a row, to be dropped together if somebody owns them.
    pub(super) fn add_values<T: Sample>(&mut self, owner: usize, values: &[T], ids: &[u32]) {
        assert_eq!(values.len(), ids.len());
        let first = NonNull::from(values).cast::<T>();
        for (index, &id) in ids.iter().enumerate() {
            // SAFETY: within the slice.
            let start = unsafe { first.add(index) }.cast();
            let is = values::is::<T>;
            let block = Block {
                start,
                layout: Layout::new::<T>(),
                content: Content::Value { id, owner, is },
            };
            self.blocks.insert(block, &self.base);
        }
        if let Some(owner) = self.owners.get_mut(owner) {
            owner.entries.push(Entry {
                logged: ids.iter().map(|&id| T::logged(id)).collect(),
                bomb: T::BOMB,
                leaks: T::LEAKS,
            });
        }
    }

    /// Runs what drops all values of an adaptor, and looks that it did.
    pub(super) fn drop_values(&mut self, owner: usize, run: impl FnOnce()) {
        self.blocks.check();
        values::arm(true);
        let result = catch_unwind(AssertUnwindSafe(run));
        values::arm(false);
        let due = mem::take(&mut self.owners[owner].entries);
        assert_eq!(was_planned(result), has_bomb(&due));
        assert_dropped(&due);
        self.blocks.bury(owner);
    }

    /// Forgets an adaptor: its values stay where they are.
    pub(super) fn forget<A>(&mut self, owner: usize, blink: Blink<A>) {
        mem::forget(blink);
        self.owners[owner] = Owner::default();
        self.blocks.bury(owner);
    }

    /// Looks that exactly these values were dropped since the last look.
    pub(super) fn expect_dropped(&self, ids: &[u32]) {
        assert_eq!(take_dropped(), ids);
    }

    /// Enters a frame.
    pub(super) fn enter(&mut self, owner: usize, used: usize) -> Level {
        self.depth += 1;
        Level {
            blocks: self.blocks.enter(),
            entries: self.owners[owner].entries.len(),
            used,
        }
    }

    /// Leaves a frame that has dropped its values. `panicked` says whether one of them did, if
    /// bombs were armed.
    pub(super) fn leave(&mut self, owner: usize, level: Level, panicked: Option<bool>) {
        self.depth -= 1;
        let due = self.owners[owner].entries.split_off(level.entries);
        assert_eq!(panicked.unwrap_or(has_bomb(&due)), has_bomb(&due));
        assert_dropped(&due);
        self.blocks.leave(level.blocks);
        self.blocks.check();
    }

    /// Leaves a frame whose guard was forgotten: its blocks and values are of the frame around
    /// it.
    pub(super) fn merge(&mut self, level: Level) {
        self.depth -= 1;
        self.expect_dropped(&[]);
        self.blocks.merge(level.blocks);
    }

    /// All blocks are gone.
    pub(super) fn clear(&mut self) {
        self.blocks.clear();
    }

    /// What must hold after every operation.
    pub(super) fn check<R: Arena>(&mut self, arena: &R) {
        self.check_stats(arena);
        self.expect_dropped(&[]);
        if mem::replace(&mut self.calls, self.base.calls()) != self.calls {
            let limit = self.limit.unwrap_or(usize::MAX);
            assert!(self.base.asked() <= limit, "above the limit");
        }
    }

    fn check_stats<R: Arena>(&self, arena: &R) {
        let stats = arena.stats();
        assert_eq!(stats.used(), arena.allocated_bytes());
        assert_eq!(stats.capacity(), arena.total_capacity());
        assert!(self.blocks.bytes() <= stats.used(), "{stats}");
        assert!(stats.used() <= stats.capacity(), "{stats}");
        assert_eq!(arena.limit(), self.limit);

        if R::DIRECT {
            assert_eq!(stats.chunks(), self.base.live(), "{stats}");
            let room = self.base.given() - stats.chunks() * R::RECORD;
            let rounding = stats.chunks() * 15;
            assert!(stats.capacity() <= room, "{stats}");
            assert!(stats.capacity() + rounding >= room, "{stats}");
        }

        let listed: Vec<_> = stats.iter().collect();
        assert!(listed.iter().all(|chunk| chunk.used <= chunk.capacity));
        let used: usize = listed.iter().map(|chunk| chunk.used).sum();
        if listed.len() == stats.chunks() {
            assert_eq!(used, stats.used(), "{stats}");
        } else {
            assert!(used <= stats.used(), "{stats}");
        }
    }

    /// Where the chunk ends that holds these bytes, if it is one of the base allocator.
    pub(super) fn chunk_end<R: Arena>(&self, block: &Block) -> Option<usize> {
        if !R::DIRECT {
            return None;
        }
        let (start, end) = self.base.around(block.address(), block.layout.size())?;
        Some(start + ((end - start - RECORD) & !15))
    }
}

fn has_bomb(entries: &[Entry]) -> bool {
    entries.iter().any(|entry| entry.bomb)
}

/// Looks that exactly these were dropped since the last look, newest first.
fn assert_dropped(entries: &[Entry]) {
    let newest_first = entries.iter().rev().flat_map(|entry| &entry.logged);
    assert_eq!(take_dropped(), newest_first.copied().collect::<Vec<_>>());
}

/// Whether there was a panic that was part of the test. Any other goes on.
pub(super) fn was_planned(result: std::thread::Result<()>) -> bool {
    match result {
        Ok(()) => false,
        Err(payload) if payload.is::<Planned>() => true,
        Err(payload) => resume_unwind(payload),
    }
}
