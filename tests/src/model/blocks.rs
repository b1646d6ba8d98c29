//! The blocks that are in use, and what is in them.

use core::{alloc::Layout, mem, ops::Range, ptr::NonNull, slice};
use std::{collections::BTreeMap, sync::OnceLock};

use super::base::Base;

/// The largest block.
pub(super) const LARGEST: usize = if cfg!(miri) { 5 << 10 } else { 100 << 10 };

/// Contents start at offsets of the text below this.
pub(super) const OFFSETS: usize = 4001;

/// What blocks are filled with: letters in no order, so that a piece of it tells where it
/// comes from, and is a string.
pub(super) fn text() -> &'static [u8] {
    static TEXT: OnceLock<Vec<u8>> = OnceLock::new();
    TEXT.get_or_init(|| {
        let mut state = 1_u32;
        let letter = |_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            b'!' + (state >> 24) as u8 % 90
        };
        (0..LARGEST + OFFSETS).map(letter).collect()
    })
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Content {
    /// A piece of the text, as long as the block.
    Text { offset: usize },
    /// A value that knows its number.
    Value {
        id: u32,
        owner: usize,
        /// Whether the value at this place is the one with this number.
        is: unsafe fn(NonNull<u8>, u32) -> bool,
    },
    /// Nobody looks, but the memory must not be given to anybody else.
    Dead,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    pub start: NonNull<u8>,
    pub layout: Layout,
    pub content: Content,
}

impl Block {
    /// A block that gets a piece of the text.
    pub(super) fn filled(start: NonNull<u8>, layout: Layout, offset: usize) -> Self {
        let source = NonNull::from(&text()[offset..][..layout.size()]).cast();
        // SAFETY: a block has as many bytes, and the text is elsewhere.
        unsafe { start.copy_from_nonoverlapping(source, layout.size()) };
        Self {
            start,
            layout,
            content: Content::Text { offset },
        }
    }

    pub(super) fn address(&self) -> usize {
        self.start.addr().get()
    }

    pub(super) fn end(&self) -> usize {
        self.address() + self.layout.size()
    }

    /// The bytes in a range, which are initialized.
    pub(super) fn bytes(&self, range: Range<usize>) -> &[u8] {
        assert!(range.start <= range.end && range.end <= self.layout.size());
        // SAFETY: within the block.
        let start = unsafe { self.start.add(range.start) };
        // SAFETY: a block in use, whose bytes here are initialized, and to which nobody writes
        // meanwhile.
        unsafe { slice::from_raw_parts(start.as_ptr(), range.len()) }
    }

    /// Panics unless the content is as it was left.
    pub(super) fn check(&self) {
        match self.content {
            Content::Text { offset } => self.check_text(offset, self.layout.size()),
            Content::Value { id, is, .. } => {
                // SAFETY: the block holds a value of the type for which `is` was taken.
                let same = unsafe { is(self.start, id) };
                assert!(same, "value {id} was overwritten: {self:?}");
            }
            Content::Dead => {}
        }
    }

    /// Panics unless the block starts with this piece of the text.
    pub(super) fn check_text(&self, offset: usize, len: usize) {
        let (found, expected) = (self.bytes(0..len), &text()[offset..][..len]);
        if found != expected {
            let at = found.iter().zip(expected).position(|(a, b)| a != b);
            panic!("byte {at:?} of {len} was overwritten: {self:?}");
        }
    }
}

/// All blocks.
#[derive(Default)]
pub(super) struct Blocks {
    list: Vec<Block>,
    /// Start and end of every block that is not empty.
    ranges: BTreeMap<usize, usize>,
    bytes: usize,
    /// Where the blocks of the innermost frame begin. Those before it are out of reach.
    floor: usize,
}

impl Blocks {
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Blocks of the innermost frame.
    pub(super) fn in_reach(&self) -> usize {
        self.list.len() - self.floor
    }

    /// Bytes of all blocks.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Adds a block. Panics where it is not aligned, not memory of `base`, or not free.
    pub(super) fn insert(&mut self, block: Block, base: &Base) {
        let (start, end) = (block.address(), block.end());
        assert_eq!(start % block.layout.align(), 0, "misaligned: {block:?}");
        if start < end {
            let around = base.around(start, end - start);
            assert!(around.is_some(), "not in a chunk: {block:?}");
            let before = self.ranges.range(..end).next_back();
            let overlaps = before.is_some_and(|(_, &other)| other > start);
            assert!(!overlaps, "{block:?} overlaps {before:?}");
            self.ranges.insert(start, end);
            self.bytes += end - start;
        }
        block.check();
        self.list.push(block);
    }

    pub(super) fn remove(&mut self, index: usize) -> Block {
        let block = self.list.swap_remove(index);
        if block.layout.size() > 0 {
            self.ranges.remove(&block.address());
            self.bytes -= block.layout.size();
        }
        block
    }

    /// The first block of text from `index` on, counted from the newest.
    pub(super) fn find_text(&self, index: usize) -> Option<usize> {
        let count = self.list.len().checked_sub(index)?;
        let in_reach = self.list.get(self.floor..count)?;
        let is_text = |block: &Block| matches!(block.content, Content::Text { .. });
        in_reach.iter().rposition(is_text).map(|at| self.floor + at)
    }

    /// Panics unless all contents are as they were left.
    pub(super) fn check(&self) {
        self.list.iter().for_each(Block::check);
    }

    /// Begins a frame. Returns where that around it begins.
    pub(super) fn enter(&mut self) -> usize {
        mem::replace(&mut self.floor, self.list.len())
    }

    /// Ends a frame, and all its blocks. That around it begins at `outer`.
    pub(super) fn leave(&mut self, outer: usize) {
        while self.in_reach() > 0 {
            self.remove(self.list.len() - 1);
        }
        self.floor = outer;
    }

    /// Ends a frame whose blocks stay.
    pub(super) fn merge(&mut self, outer: usize) {
        self.floor = outer;
    }

    /// What the owner's values were is nobody's any more, but not yet free.
    pub(super) fn bury(&mut self, dead: usize) {
        for block in &mut self.list {
            if matches!(block.content, Content::Value { owner, .. } if owner == dead) {
                block.content = Content::Dead;
            }
        }
    }

    /// All blocks are gone.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}
