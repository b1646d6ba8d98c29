//! A chunk that several threads fill at once.
//!
//! Its room begins with a [`Header`]: the cursor, as an offset that is moved atomically, and
//! what never changes while the chunk is in use. Blocks follow. This file alone moves the
//! cursor; it knows nothing of other chunks.
//!
//! A block is moved into by whoever has moved the cursor over it, and given back by moving the
//! cursor over it again. Giving back is a release and taking an acquire, so what the former
//! owner did to the bytes happened before what the next one does.

use core::{alloc::Layout, ptr::NonNull};

use crate::{
    atomic::{AtomicUsize, Ordering},
    bump::{self, CHUNK_ALIGN},
    chunk::Chunk,
    poison,
};

/// Every block starts at a multiple of this many bytes, and takes as many (I14). So the blocks
/// of most types need no padding, and one addition takes one.
pub(crate) const MIN: usize = 8;

/// Blocks of up to this many bytes are taken by an addition, larger ones by comparing and
/// exchanging. An addition that is late moves the cursor behind the end of the room, by less than
/// this for each thread that is at it: so `cursor + ADDED` does not wrap, a room being at most
/// half of what a number holds.
const ADDED: usize = 1024;

/// Bytes that the header takes, with which no block shares a cache line (or two, which some
/// processors fetch together).
pub(crate) const HEADER: usize = 128;

const _: () = assert!(size_of::<Header>() <= HEADER && HEADER % CHUNK_ALIGN == 0);
const _: () = assert!(MIN >= poison::MIN_ALIGN && ADDED % MIN == 0);

/// The front of a chunk.
#[repr(C, align(16))]
struct Header {
    /// Where the next block goes, in bytes from the header on (I1). May stand behind the room.
    cursor: AtomicUsize,
    /// Bytes from the header to the end of the room.
    room: usize,
    chunk: Chunk,
}

/// A handle to a chunk that several threads fill.
///
/// Type invariant: the header is alive, initialized, and only this file uses it; what is not
/// atomic in it is written by [`open`](Self::open) only. The pointer is derived from that of
/// the base allocator and good for the whole chunk (I12).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct SharedChunk(NonNull<Header>);

/// The front of a chunk, for an atomic pointer.
pub(crate) enum Front {}

impl SharedChunk {
    /// Makes a chunk, in which nothing is in use, one to be shared.
    ///
    /// # Safety
    ///
    /// The chunk has room for a header. Nobody else uses it now, its memory, or a handle of
    /// this type to it.
    pub(crate) unsafe fn open(chunk: Chunk) -> Self {
        let header = chunk.start().cast::<Header>();
        poison::undefined(chunk.start(), HEADER);
        // SAFETY: the room is aligned for it and large enough, and nobody else uses it.
        unsafe {
            header.write(Header {
                cursor: AtomicUsize::new(HEADER),
                room: chunk.capacity(),
                chunk,
            });
        }
        Self(header)
    }

    /// The handle to a chunk that is one to be shared already.
    ///
    /// # Safety
    ///
    /// The chunk was [opened](Self::open) since it was made.
    pub(crate) unsafe fn of(chunk: Chunk) -> Self {
        Self(chunk.start().cast())
    }

    /// The address of the header, for an atomic pointer.
    #[inline(always)]
    pub(crate) fn as_ptr(self) -> *mut Front {
        self.0.as_ptr().cast()
    }

    /// The handle of [`as_ptr`](Self::as_ptr), `None` for null.
    ///
    /// # Safety
    ///
    /// The pointer is null or one of `as_ptr`, and the chunk still there.
    #[inline(always)]
    pub(crate) unsafe fn from_ptr(front: *mut Front) -> Option<Self> {
        NonNull::new(front.cast()).map(Self)
    }

    #[inline(always)]
    fn cursor(&self) -> &AtomicUsize {
        // SAFETY: alive and initialized (type invariant). A reference to the one field, which
        // is shared.
        unsafe { &(*self.0.as_ptr()).cursor }
    }

    #[inline(always)]
    fn room(self) -> usize {
        // SAFETY: alive, initialized, and not written while the chunk is in use.
        unsafe { (*self.0.as_ptr()).room }
    }

    pub(crate) fn chunk(self) -> Chunk {
        // SAFETY: as in `room`.
        unsafe { (*self.0.as_ptr()).chunk }
    }

    /// The address of the header.
    #[inline(always)]
    fn addr(self) -> usize {
        self.0.addr().get()
    }

    /// A pointer into the chunk, derived from that of the header.
    #[inline(always)]
    fn at(self, offset: usize) -> NonNull<u8> {
        // SAFETY: callers pass offsets up to the end of the room (I1).
        unsafe { self.0.cast::<u8>().add(offset) }
    }

    /// Takes a small block, by an addition; `None` where the chunk has no room for it, or it is
    /// not small.
    #[inline(always)]
    pub(crate) fn add(self, layout: Layout) -> Option<NonNull<u8>> {
        let size = block(layout)?;
        if size > ADDED || layout.align() > MIN {
            return None;
        }
        let (cursor, room) = (self.cursor(), self.room());
        // Before the addition (I5): refused requests leave the cursor where it is, but for one
        // of each thread that finds room here and is late.
        if cursor.load(Ordering::Relaxed) + size > room {
            return None;
        }
        let at = cursor.fetch_add(size, Ordering::Acquire);
        if at + size > room {
            return None;
        }
        Some(self.block_at(at, layout))
    }

    /// Takes a block of any layout, by comparing and exchanging.
    pub(crate) fn place(self, layout: Layout) -> Option<NonNull<u8>> {
        let (cursor, base) = (self.cursor(), self.addr());
        let (size, end) = (block(layout)?, base + self.room());
        let mut at = cursor.load(Ordering::Relaxed);
        loop {
            if at > self.room() {
                return None;
            }
            let placed = bump::place(base + at, end, size, layout.align(), MIN)?;
            let next = placed.cursor - base;
            match cursor.compare_exchange_weak(at, next, Ordering::Acquire, Ordering::Relaxed) {
                Ok(_) => return Some(self.block_at(placed.start - base, layout)),
                Err(seen) => at = seen,
            }
        }
    }

    /// The block at an offset, which has just been taken.
    #[inline(always)]
    fn block_at(self, offset: usize, layout: Layout) -> NonNull<u8> {
        let start = self.at(offset);
        poison::undefined(start, layout.size());
        start
    }

    /// Gives the end of a block back, from `new` bytes on, if it is the tip at this moment (I3).
    ///
    /// The caller owns what goes back, and has poisoned it: afterwards it may be somebody else's.
    #[inline(always)]
    pub(crate) fn give_back(self, start: usize, old: usize, new: usize) {
        self.move_tip(start, old, new, Ordering::Release);
    }

    /// Grows a block in its place, if it is the tip at this moment and there is room.
    #[inline(always)]
    pub(crate) fn grow(self, start: usize, old: usize, new: usize) -> Option<NonNull<u8>> {
        let at = start.wrapping_sub(self.addr());
        let grown = bump::fits_behind(at, new, self.room())
            && self.move_tip(start, old, new, Ordering::Acquire);
        grown.then(|| self.at(at))
    }

    /// Moves the end of a block that is the tip, to where there is room. Whether it was the tip.
    #[inline(always)]
    fn move_tip(self, start: usize, old: usize, new: usize, order: Ordering) -> bool {
        // Of a block of another chunk this wraps or lies behind the room: so does `from` then,
        // since there is a record behind each room.
        let at = start.wrapping_sub(self.addr());
        let from = at.wrapping_add(old);
        let cursor = self.cursor();
        from <= self.room()
            && cursor.load(Ordering::Relaxed) == from
            && cursor
                .compare_exchange(from, at + new, order, Ordering::Relaxed)
                .is_ok()
    }

    /// Where the cursor stands, at the end of the room at most.
    #[inline]
    pub(crate) fn offset(self) -> usize {
        self.cursor().load(Ordering::Relaxed).min(self.room())
    }

    /// Moves the cursor to where it was.
    ///
    /// # Safety
    ///
    /// Nobody uses blocks behind the offset, nor takes any at this moment.
    pub(crate) unsafe fn go_back(self, offset: usize) {
        self.cursor().store(offset, Ordering::Relaxed);
        if poison::ENABLED {
            poison::no_access(self.at(offset), self.room() - offset);
        }
    }

    /// Bytes of room for blocks.
    pub(crate) fn capacity(self) -> usize {
        self.room() - HEADER
    }

    /// Bytes below the cursor that belong to blocks.
    pub(crate) fn used(self) -> usize {
        self.offset() - HEADER
    }

    /// Bytes that the chunk's record calls used: the header too, unless there is no block.
    pub(crate) fn filled(self) -> usize {
        match self.offset() {
            HEADER => 0,
            offset => offset,
        }
    }
}

/// Bytes that a block of this layout takes; `None` where no chunk has as many.
#[inline(always)]
pub(crate) fn block(layout: Layout) -> Option<usize> {
    let size = layout.size() + poison::RED_ZONE;
    // With a red zone a layout may be larger than layouts are (I5).
    let in_range = !poison::ENABLED || size <= (isize::MAX as usize).saturating_sub(layout.align());
    in_range.then(|| bump::round_up(size, MIN))
}
