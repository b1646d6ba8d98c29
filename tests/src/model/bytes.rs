//! Operations on blocks of bytes.

use core::{alloc::Layout, ptr::NonNull};

use super::{
    Arena,
    blocks::{Block, Content, LARGEST},
    state::{CHECKED, State},
};
use allocator_api2::alloc::{AllocError, Allocator};

/// Bytes that a block takes up.
fn taken<R: Arena>(size: usize) -> usize {
    crate::taken(size, R::MIN)
}

/// The arena's cursor, if it can be found out: where an empty block is.
pub(super) fn cursor(arena: &impl Allocator) -> Option<usize> {
    let empty = Layout::new::<()>();
    let block = arena.allocate(empty).expect("an empty block");
    let start = block.cast::<u8>();
    // SAFETY: a block of this size that nobody uses.
    unsafe { arena.deallocate(start, empty) };
    Some(start.addr().get()).filter(|&address| address != empty.align())
}

fn is_tip<R: Arena>(arena: &R, block: &Block) -> Option<bool> {
    let end = block.address() + taken::<R>(block.layout.size());
    cursor(arena).map(|cursor| cursor == end)
}

/// The offset of a block of text.
fn offset(block: &Block) -> usize {
    match block.content {
        Content::Text { offset } => offset,
        other => unreachable!("{other:?}"),
    }
}

impl State<'_> {
    pub(super) fn allocate<R: Arena>(&mut self, arena: &R) {
        let layout = self.input.layout();
        let refused = self.base.refused();
        let zeroed = self.input.one_in(4);
        let block = match self.input.byte() % 2 {
            _ if zeroed => arena.allocate_zeroed(layout),
            0 => arena.allocate_inherent(layout),
            _ => Allocator::allocate(arena, layout),
        };
        let Ok(block) = block else {
            return self.assert_refused(refused);
        };
        assert_eq!(block.len(), layout.size());
        if zeroed {
            assert_zeros(block.cast(), layout, 0);
        }
        self.add_block(block.cast(), layout);
    }

    /// A block of text, the newest one rather often.
    fn pick(&mut self) -> Option<Block> {
        let index = match self.input.byte() {
            0..128 => 0,
            _ => self.input.below(self.blocks.in_reach().max(1)),
        };
        let index = self.blocks.find_text(index)?;
        Some(self.blocks.remove(index))
    }

    pub(super) fn grow<R: Arena>(&mut self, arena: &R) {
        let Some(old) = self.pick() else { return };
        let size = (old.layout.size() + self.input.size()).min(LARGEST);
        let layout = self.layout_for(size, old.layout);
        let refused = self.base.refused();
        let stays = self.grows_in_place::<R>(arena, &old, layout);
        let zeroed = self.input.one_in(3);
        let (start, from) = (old.start, old.layout);
        let block = match self.input.byte() % 2 {
            // SAFETY: the block is in use, has this layout, and the new one is not smaller.
            _ if zeroed => unsafe { arena.grow_zeroed(start, from, layout) },
            // SAFETY: as above.
            0 => unsafe { arena.grow(start, from, layout) },
            // SAFETY: as above.
            _ => unsafe { arena.resize(start, from, layout) },
        };
        if stays {
            assert_eq!(
                block.map(NonNull::cast),
                Ok(old.start),
                "was moved: {old:?}"
            );
        }
        if let (Ok(block), true) = (block, zeroed) {
            assert_zeros(block.cast(), layout, from.size());
        }
        self.replace(old, block, layout, refused);
    }

    /// Whether a block must not move: it is the tip, aligned, and there is room.
    fn grows_in_place<R: Arena>(&self, arena: &R, old: &Block, new: Layout) -> bool {
        let end = old.address() + taken::<R>(new.size());
        old.layout.size() > 0
            && old.address().is_multiple_of(new.align())
            && is_tip(arena, old) == Some(true)
            && self.chunk_end::<R>(old).is_some_and(|room| end <= room)
    }

    pub(super) fn shrink<R: Arena>(&mut self, arena: &R) {
        let Some(old) = self.pick() else { return };
        let size = self.input.below(old.layout.size() + 1);
        let layout = self.layout_for(size, old.layout);
        let refused = self.base.refused();
        let (tip, before) = (is_tip(arena, &old), cursor(arena));
        let (start, from) = (old.start, old.layout);
        let block = if self.input.one_in(2) {
            // SAFETY: the block is in use, has this layout, and the new one is not larger.
            unsafe { arena.shrink(start, from, layout) }
        } else {
            // SAFETY: as above.
            unsafe { arena.resize(start, from, layout) }
        };
        if old.address().is_multiple_of(layout.align()) {
            assert_eq!(
                block.map(NonNull::cast),
                Ok(old.start),
                "was moved: {old:?}"
            );
            let end = old.address() + taken::<R>(size);
            match tip {
                Some(true) => assert_cursor(arena, end, "after a shrink of the tip"),
                Some(false) => assert_eq!(cursor(arena), before, "after a shrink"),
                None => {}
            }
        }
        self.replace(old, block, layout, refused);
    }

    /// A layout of this size, with the alignment of another or a new one.
    fn layout_for(&mut self, size: usize, old: Layout) -> Layout {
        let align = if self.input.one_in(2) {
            self.input.align()
        } else {
            old.align()
        };
        Layout::from_size_align(size, align).expect("a small layout")
    }

    /// Adds what became of a block: the same as before if that has failed.
    fn replace(
        &mut self,
        old: Block,
        block: Result<NonNull<[u8]>, AllocError>,
        layout: Layout,
        refused: usize,
    ) {
        let Ok(block) = block else {
            self.assert_refused(refused);
            return self.blocks.insert(old, &self.base);
        };
        assert_eq!(block.len(), layout.size());
        let new = Block {
            start: block.cast(),
            layout,
            content: old.content,
        };
        new.check_text(offset(&old), layout.size().min(old.layout.size()));
        self.add_block(new.start, layout);
    }

    pub(super) fn deallocate<R: Arena>(&mut self, arena: &R) {
        let Some(block) = self.pick() else { return };
        block.check();
        let (tip, before) = (is_tip(arena, &block), cursor(arena));
        if self.input.one_in(2) {
            // SAFETY: the block is in use, has this size, and is forgotten.
            unsafe { arena.free(block.start, block.layout.size()) };
        } else {
            // SAFETY: as above.
            unsafe { Allocator::deallocate(arena, block.start, block.layout) };
        }
        match tip {
            Some(true) => assert_cursor(arena, block.address(), "the tip was not reclaimed"),
            Some(false) => assert_eq!(cursor(arena), before, "not the tip"),
            None => {}
        }
    }

    /// Makes room, and uses it.
    pub(super) fn reserve<R: Arena>(&mut self, arena: &R) {
        let bytes = self.input.size();
        let refused = self.base.refused();
        if self.is_reliable() {
            arena.reserve(bytes);
        } else if arena.try_reserve(bytes).is_err() {
            return self.assert_refused(refused);
        }
        if CHECKED {
            return;
        }
        let layout = Layout::from_size_align(bytes, 1).expect("a small layout");
        let calls = self.base.calls();
        let block = arena.allocate(layout).expect("reserved room");
        assert_eq!(calls, self.base.calls(), "{bytes} bytes were not reserved");
        self.add_block(block.cast(), layout);
    }

    /// Asks for what cannot be had.
    pub(super) fn ask_too_much<R: Arena>(&mut self, arena: &R) {
        let align = self.input.align();
        let size = self.input.huge_size(align);
        let layout = Layout::from_size_align(size, align).expect("the largest layouts");
        assert!(arena.allocate(layout).is_err());
        assert!(arena.try_reserve(size).is_err());
        assert!(arena.try_reserve(usize::MAX - size % 100).is_err());
        let Some(block) = self.pick() else { return };
        // SAFETY: the block is in use, has this layout, and the new one is larger.
        let grown = unsafe { arena.grow(block.start, block.layout, layout) };
        assert!(grown.is_err());
        self.blocks.insert(block, &self.base);
    }

    /// Lifts all limits.
    pub(super) fn free<R: Arena>(&mut self, arena: &R) {
        self.base.refuse(0);
        self.limit = None;
        arena.set_limit(None);
    }

    /// Limits the arena, or makes the base allocator refuse.
    pub(super) fn restrict<R: Arena>(&mut self, arena: &R) {
        match self.input.byte() % 4 {
            0 => self.base.refuse(u32::from(self.input.byte())),
            1 => self.limit = Some(self.base.asked() + self.input.size()),
            2 => self.limit = Some(self.input.size()),
            _ => self.free(arena),
        }
        arena.set_limit(self.limit);
    }
}

fn assert_cursor<R: Arena>(arena: &R, address: usize, when: &str) {
    // With a checker, an empty block needs room and says nothing where there is none.
    if let Some(cursor) = cursor(arena) {
        assert_eq!(cursor, address, "{when}");
    }
}

/// Panics unless the bytes of a new block are zeros, from `at` on.
fn assert_zeros(start: NonNull<u8>, layout: Layout, at: usize) {
    let content = Content::Dead;
    let block = Block {
        start,
        layout,
        content,
    };
    let tail = block.bytes(at..layout.size());
    assert!(tail.iter().all(|&byte| byte == 0), "not zeroed: {block:?}");
}
