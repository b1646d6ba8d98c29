//! The single-threaded arena.
//!
//! [`BlinkAlloc`] owns its chunks. The fast paths read and write two words, the cursor and
//! the chunk in use; everything else is behind a cold call. This file is the type and its
//! public methods; `blocks` serves requests, `cycles` manages chunks. The arithmetic is in
//! `bump`, a chunk and the list of them in `chunk`, their sizes in `growth`.

mod blocks;
mod cycles;

use core::{
    alloc::Layout,
    cell::Cell,
    fmt,
    mem::ManuallyDrop,
    ptr::{self, NonNull},
};

use allocator_api2::alloc::{AllocError, Allocator};

use crate::{
    base::Global,
    bump::{self, CHUNK_ALIGN},
    chunk::{Chunk, FOOTER},
    growth::{self, Steps},
    poison,
    stats::Stats,
    supply::Supply,
};

/// Where a [`BlinkAlloc`] was at one moment, see [`BlinkAlloc::mark`]. Two words; it borrows
/// nothing.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    cursor: NonNull<u8>,
    /// The chunk that was taken or added last. While that is the same, the chunk in use is.
    tail: Chunk,
}

// SAFETY: a mark is compared and handed back. What its pointers lead to is used by `rewind`
// only, whose caller promises that the arena is the right one.
unsafe impl Send for Mark {}
// SAFETY: as above.
unsafe impl Sync for Mark {}

/// Single-threaded arena allocator.
///
/// Takes chunks from the base allocator `A`, serves allocations by moving a cursor, and frees
/// everything at once when it is [`reset`](Self::reset). After a reset or two of a constant
/// workload one chunk serves it all (rarely a few), and the base allocator is not called any
/// more.
///
/// Containers take a `&BlinkAlloc` as their allocator: it implements the `Allocator` trait of
/// allocator-api2 0.4, with feature `allocator-api2-02` that of allocator-api2 0.2 as well
/// (which hashbrown uses), and with feature `nightly` that of core. A block that is the last
/// one allocated, the *tip*, grows and shrinks in place and is reclaimed when it is freed. Any
/// block shrinks in place.
///
/// To put values into an arena without a container, and have them dropped, see
/// [`Blink`](crate::Blink).
///
/// # Parameters
///
/// Every block starts at a multiple of `MIN_ALIGN` bytes: a power of two up to 16. A larger
/// one saves an instruction or two for types that need no more, and costs padding for smaller
/// ones. See [`with_min_align_in`](Self::with_min_align_in).
///
/// # Threads
///
/// A `BlinkAlloc` may be sent to another thread when its base allocator may, and is never
/// shared between threads.
///
/// # Examples
///
/// ```
/// # #[cfg(feature = "alloc")] {
/// use allocator_api2::vec::Vec;
/// use blink_alloc::BlinkAlloc;
///
/// let mut arena = BlinkAlloc::new();
/// for request in 0..3_u32 {
///     let mut squares = Vec::new_in(&arena);
///     squares.extend((0..100).map(|x| x * x + request));
///     assert_eq!(squares[99], 9801 + request);
///
///     drop(squares);
///     arena.reset();
/// }
/// # }
/// ```
///
/// A reset while memory is in use does not compile:
///
/// ```compile_fail,E0502
/// # use allocator_api2::vec::Vec;
/// # use blink_alloc::BlinkAlloc;
/// let mut arena = BlinkAlloc::new();
/// let mut vec = Vec::new_in(&arena);
/// arena.reset();
/// vec.push(1);
/// ```
#[repr(C)]
pub struct BlinkAlloc<A: Allocator = Global, const MIN_ALIGN: usize = 1> {
    /// The next free byte of the chunk in use.
    cursor: Cell<NonNull<u8>>,
    /// The chunk in use, which is also the end of its room.
    chunk: Cell<Chunk>,
    supply: Supply,
    base: A,
}

// SAFETY: the pointers lead to chunks that this arena alone owns. What is put into an arena
// by an adaptor and dropped later belongs to that adaptor, not to the arena (I7).
unsafe impl<A: Allocator + Send, const MIN_ALIGN: usize> Send for BlinkAlloc<A, MIN_ALIGN> {}

#[cfg(feature = "alloc")]
impl BlinkAlloc<Global> {
    /// An empty arena over the global allocator. Allocates nothing yet.
    ///
    /// # Examples
    ///
    /// ```
    /// let arena = blink_alloc::BlinkAlloc::new();
    /// assert_eq!(arena.total_capacity(), 0);
    /// ```
    #[inline]
    pub const fn new() -> Self {
        Self::new_in(Global)
    }

    /// An empty arena over the global allocator whose first chunk has `chunk_size` bytes,
    /// 48 of them for its own record (32 on 32-bit machines). See
    /// [`with_chunk_size_in`](Self::with_chunk_size_in).
    #[inline]
    pub const fn with_chunk_size(chunk_size: usize) -> Self {
        Self::with_chunk_size_in(chunk_size, Global)
    }

    /// An arena over the global allocator with a chunk that serves at least `capacity` bytes.
    ///
    /// # Panics
    ///
    /// When the chunk cannot be had: a capacity above `isize::MAX` panics, a failed
    /// allocation ends in `handle_alloc_error`. See
    /// [`try_with_capacity`](Self::try_with_capacity).
    ///
    /// # Examples
    ///
    /// ```
    /// let arena = blink_alloc::BlinkAlloc::with_capacity(10_000);
    /// assert!(arena.total_capacity() >= 10_000);
    /// ```
    pub fn with_capacity(capacity: usize) -> Self {
        Self::with_capacity_in(capacity, Global)
    }

    /// [`with_capacity`](Self::with_capacity), but returns an error where the chunk cannot be
    /// had.
    pub fn try_with_capacity(capacity: usize) -> Result<Self, AllocError> {
        Self::try_with_capacity_in(capacity, Global)
    }
}

impl<A: Allocator> BlinkAlloc<A> {
    /// An empty arena over `allocator`. Allocates nothing yet.
    #[inline]
    pub const fn new_in(allocator: A) -> Self {
        Self::with_chunk_size_in(growth::FIRST, allocator)
    }

    /// An empty arena over `allocator` whose first chunk has `chunk_size` bytes, 48 of them
    /// for its own record. Allocates nothing yet.
    ///
    /// Later chunks double. A size that is too small for a chunk, 0 too, is taken as the
    /// smallest one.
    #[inline]
    pub const fn with_chunk_size_in(chunk_size: usize, allocator: A) -> Self {
        Self::build(chunk_size, allocator)
    }

    /// An arena over `allocator` with a chunk that serves at least `capacity` bytes.
    ///
    /// # Panics
    ///
    /// As [`with_capacity`](BlinkAlloc::with_capacity).
    pub fn with_capacity_in(capacity: usize, allocator: A) -> Self {
        let arena = Self::new_in(allocator);
        arena.reserve(capacity);
        arena
    }

    /// [`with_capacity_in`](Self::with_capacity_in), but returns an error where the chunk
    /// cannot be had. The allocator is dropped then.
    pub fn try_with_capacity_in(capacity: usize, allocator: A) -> Result<Self, AllocError> {
        let arena = Self::new_in(allocator);
        arena.try_reserve(capacity)?;
        Ok(arena)
    }
}

impl<A: Allocator, const MIN_ALIGN: usize> BlinkAlloc<A, MIN_ALIGN> {
    /// Where blocks start: checked once for each instance of the type.
    const MIN: usize = {
        assert!(
            MIN_ALIGN.is_power_of_two() && MIN_ALIGN <= CHUNK_ALIGN,
            "MIN_ALIGN must be a power of two up to 16"
        );
        if MIN_ALIGN < poison::MIN_ALIGN {
            poison::MIN_ALIGN
        } else {
            MIN_ALIGN
        }
    };

    const fn build(chunk_size: usize, base: A) -> Self {
        const { assert!(Self::MIN >= MIN_ALIGN) };
        let smallest = FOOTER + CHUNK_ALIGN;
        let first = if chunk_size < smallest {
            smallest
        } else {
            chunk_size
        };
        Self::with_steps(Steps::from(first), base)
    }

    /// An empty arena whose chunks grow by these steps.
    pub(crate) const fn with_steps(steps: Steps, base: A) -> Self {
        Self {
            cursor: Cell::new(Chunk::NONE_START),
            chunk: Cell::new(Chunk::NONE),
            supply: Supply::new(steps),
            base,
        }
    }

    /// An empty arena over `allocator` with a minimum alignment of its own. Allocates nothing
    /// yet.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(feature = "alloc")] {
    /// use allocator_api2::alloc::Global;
    /// use blink_alloc::{Blink, BlinkAlloc};
    ///
    /// let arena = BlinkAlloc::<Global, 8>::with_min_align_in(Global);
    /// let blink = Blink::new_in(arena);
    /// blink.put(1_u8);
    /// let next: *mut u8 = blink.put(2_u8);
    /// assert_eq!(next.addr() % 8, 0);
    /// # }
    /// ```
    ///
    /// Anything but a power of two up to 16 does not compile:
    ///
    /// ```compile_fail
    /// # use allocator_api2::alloc::Global;
    /// # use blink_alloc::BlinkAlloc;
    /// BlinkAlloc::<Global, 32>::with_min_align_in(Global);
    /// ```
    #[inline]
    pub const fn with_min_align_in(allocator: A) -> Self {
        Self::build(growth::FIRST, allocator)
    }

    /// The base allocator.
    #[inline(always)]
    pub const fn inner(&self) -> &A {
        &self.base
    }

    /// Allocates a block. A few instructions, unless the chunk in use has no room: then the
    /// base allocator is asked for another one.
    ///
    /// A block of zero bytes takes no chunk, and in one at most padding.
    ///
    /// # Errors
    ///
    /// When a chunk is needed and the base allocator or the [limit](Self::set_limit) refuses.
    #[inline(always)]
    pub fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        match self.place(layout) {
            Some(start) => Ok(NonNull::slice_from_raw_parts(start, layout.size())),
            None => self.allocate_slow(layout),
        }
    }

    /// Grows or shrinks a block: in place if it can be, otherwise by allocating another one
    /// and copying. A shrink whose pointer is aligned to `new_layout` never moves nor fails.
    ///
    /// # Safety
    ///
    /// `ptr` is a block of this arena that is still in use, and `old_layout` is its layout.
    /// On success `ptr` must not be used any more, on error the block is as it was.
    ///
    /// # Errors
    ///
    /// As [`allocate`](Self::allocate).
    #[inline(always)]
    pub unsafe fn resize(
        &self,
        ptr: NonNull<u8>,
        old_layout: Layout,
        new_layout: Layout,
    ) -> Result<NonNull<[u8]>, AllocError> {
        if new_layout.size() > old_layout.size() {
            // SAFETY: the caller's promise, and the new block is not smaller.
            unsafe { self.grow_block(ptr, old_layout, new_layout) }
        } else {
            // SAFETY: the caller's promise, and the new block is not larger.
            unsafe { self.shrink_block(ptr, old_layout, new_layout) }
        }
    }

    /// Frees a block of `size` bytes. Its memory is used again at once if it is the last one
    /// allocated, and after the next reset otherwise.
    ///
    /// # Safety
    ///
    /// `ptr` is a block of this arena of `size` bytes, and is not used any more.
    #[inline(always)]
    pub unsafe fn deallocate(&self, ptr: NonNull<u8>, size: usize) {
        let start = ptr.addr().get();
        if bump::is_tip(start, Self::block(size), self.cursor_addr(), Self::MIN) {
            // I3: checked now. A block of another chunk cannot end at this cursor, a record
            // lies between.
            self.cursor.set(self.pointer(start));
        }
        poison::no_access(ptr, size);
    }

    /// Frees all blocks at once and keeps one chunk that fits what was allocated since the
    /// last reset. Six instructions, once a constant workload has settled.
    ///
    /// Of several chunks the largest is kept if it fits the whole cycle. Otherwise all are
    /// freed, and the base allocator is asked for one that does. If that turns out not to be
    /// enough (a block can need other padding, or move, at another address), or if it is
    /// refused, the next reset keeps all chunks, until a cycle leaves one of them unused or
    /// takes far more.
    ///
    /// From the third of equal cycles on the base allocator is not called, provided that it
    /// refuses nothing. Alignments above 4096 can make it the fourth.
    ///
    /// Under a [limit](Self::set_limit) all chunks are kept, so that a cycle that has fitted
    /// fits again. An arena over a small pool should have one.
    ///
    /// # Examples
    ///
    /// ```
    /// # use core::alloc::Layout;
    /// let mut arena = blink_alloc::BlinkAlloc::new();
    /// arena.allocate(Layout::new::<[u64; 8]>()).unwrap();
    /// arena.reset();
    /// assert_eq!(arena.allocated_bytes(), 0);
    /// assert_eq!(arena.stats().chunks(), 1);
    /// ```
    #[inline(always)]
    pub fn reset(&mut self) {
        // SAFETY: `&mut` ends all borrows of the arena, and with them what was put into it. A
        // container that owns the arena does not lend it out like this (see `api`).
        unsafe { self.reset_unchecked() }
    }

    /// Frees all blocks and all chunks at once, and forgets how large chunks should be.
    pub fn reset_final(&mut self) {
        // SAFETY: as in `reset`.
        unsafe { self.free_all() }
    }

    /// [`reset`](Self::reset) that keeps at most `bytes` bytes of room, and none where that
    /// does not fit what was allocated since the last reset. For arenas that live long: one
    /// enormous cycle would keep its memory for ever.
    ///
    /// # Examples
    ///
    /// ```
    /// # use core::alloc::Layout;
    /// let mut arena = blink_alloc::BlinkAlloc::new();
    /// arena.allocate(Layout::new::<[u8; 1 << 20]>()).unwrap();
    /// arena.reset_to(64 << 10);
    /// assert!(arena.total_capacity() <= 64 << 10);
    /// ```
    pub fn reset_to(&mut self, bytes: usize) {
        if self.supply.has_settled() && self.total_capacity() <= bytes {
            return self.reset();
        }
        // SAFETY: as in `reset`.
        unsafe { self.reset_slow(bytes) }
        if self.total_capacity() > bytes {
            // The base allocator gave more than it was asked for.
            self.reset_final();
        }
    }

    /// [`reset`](Self::reset) through a shared reference.
    ///
    /// # Safety
    ///
    /// No block that was allocated before is used afterwards, by containers neither.
    #[inline(always)]
    pub unsafe fn reset_unchecked(&self) {
        if self.supply.has_settled() {
            let start = self.chunk.get().start();
            self.cursor.set(start);
            if poison::ENABLED {
                poison::no_access(start, self.chunk.get().capacity());
            }
        } else {
            // SAFETY: the caller's promise.
            unsafe { self.reset_slow(usize::MAX) }
        }
    }

    /// Where the arena is now, for [`rewind`](Self::rewind). Two loads.
    ///
    /// These two are for those who build frames of their own. The safe form is
    /// [`Blink::enter`](crate::Blink::enter).
    #[inline(always)]
    pub fn mark(&self) -> Mark {
        Mark {
            cursor: self.cursor.get(),
            tail: self.supply.chunks().tail(),
        }
    }

    /// Frees all blocks that were allocated after the mark, at once. Chunks that were added
    /// since wait to be used again; none goes back to the base allocator.
    ///
    /// # Safety
    ///
    /// - `mark` is one of this arena, and there was no reset since it was set, nor a rewind to
    ///   an earlier mark.
    /// - No block that was allocated since, or has grown, is used afterwards, by containers
    ///   neither.
    ///
    /// # Examples
    ///
    /// ```
    /// # use core::alloc::Layout;
    /// let arena = blink_alloc::BlinkAlloc::new();
    /// arena.allocate(Layout::new::<u64>()).unwrap();
    /// let before = arena.allocated_bytes();
    /// let mark = arena.mark();
    /// arena.allocate(Layout::new::<[u64; 1000]>()).unwrap();
    /// // SAFETY: the mark is that of this arena, and its block of 8000 bytes is not used.
    /// unsafe { arena.rewind(mark) };
    /// assert_eq!(arena.allocated_bytes(), before);
    /// ```
    #[inline(always)]
    pub unsafe fn rewind(&self, mark: Mark) {
        // SAFETY: the caller's promise.
        if !unsafe { self.rewind_in_chunk(mark) } {
            // SAFETY: the caller's promise.
            unsafe { self.rewind_slow(mark) }
        }
    }

    /// Frees all chunks and returns the base allocator.
    pub fn into_inner(self) -> A {
        let mut this = ManuallyDrop::new(self);
        this.reset_final();
        // SAFETY: `this` is not used afterwards and never dropped.
        unsafe { ptr::read(&raw const this.base) }
    }

    /// Makes room for `additional` bytes in one chunk, padding included, so that as much can
    /// be allocated without calling the base allocator.
    ///
    /// # Panics
    ///
    /// As [`with_capacity`](BlinkAlloc::with_capacity).
    ///
    /// # Examples
    ///
    /// ```
    /// # use core::alloc::Layout;
    /// let arena = blink_alloc::BlinkAlloc::new();
    /// arena.reserve(1000);
    /// let before = arena.total_capacity();
    /// for _ in 0..1000 {
    ///     arena.allocate(Layout::new::<u8>()).unwrap();
    /// }
    /// # if !cfg!(any(blink_asan, blink_msan, blink_valgrind)) {
    /// assert_eq!(arena.total_capacity(), before);
    /// # }
    /// ```
    pub fn reserve(&self, additional: usize) {
        if self.try_reserve(additional).is_err() {
            crate::error::bytes_failed(additional);
        }
    }

    /// [`reserve`](Self::reserve), but returns an error where the room cannot be had.
    pub fn try_reserve(&self, additional: usize) -> Result<(), AllocError> {
        if self.chunk.get().end() - self.cursor_addr() >= additional {
            return Ok(());
        }
        let need = bump::worst_case(additional, 1, Self::MIN).ok_or(AllocError)?;
        let chunk = self.supply.reserve(&self.base, need)?;
        self.enter(chunk, chunk.start());
        Ok(())
    }

    /// Bytes in use since the last reset, padding included.
    pub fn allocated_bytes(&self) -> usize {
        self.supply
            .chunks()
            .in_use()
            .map(|chunk| self.used_in(chunk))
            .sum()
    }

    /// Bytes in use in one of the chunks in use.
    fn used_in(&self, chunk: Chunk) -> usize {
        if chunk == self.chunk.get() {
            self.used_in_chunk()
        } else {
            chunk.used()
        }
    }

    /// Bytes of room in all chunks, whether in use or not.
    pub fn total_capacity(&self) -> usize {
        self.supply.chunks().capacity()
    }

    /// What the arena holds, chunk by chunk. Its `Display` draws the chunks.
    ///
    /// # Examples
    ///
    /// ```
    /// let arena = blink_alloc::BlinkAlloc::with_capacity(1000);
    /// let stats = arena.stats();
    /// assert_eq!((stats.chunks(), stats.used()), (1, 0));
    /// println!("{stats}");
    /// ```
    pub fn stats(&self) -> Stats {
        let mut stats = Stats::default();
        for chunk in self.supply.chunks().in_use() {
            stats.add(chunk.capacity(), self.used_in(chunk));
        }
        for chunk in self.supply.chunks().spare() {
            stats.add(chunk.capacity(), 0);
        }
        stats
    }

    /// Bytes that the arena may take from the base allocator, `None` for no limit.
    pub fn limit(&self) -> Option<usize> {
        self.supply.limit()
    }

    /// Limits the bytes that the arena takes from the base allocator, the records of the
    /// chunks included (48 bytes each, 32 on 32-bit machines). What it holds already stays;
    /// requests that would need more fail as if the base allocator had refused. A limit that cannot be reached (from
    /// about `isize::MAX` on) is none.
    ///
    /// Chunks that a reset has kept count, and do not serve what is larger than they are:
    /// [`reset_final`](Self::reset_final) makes room for another kind of work.
    ///
    /// # Examples
    ///
    /// ```
    /// # use core::alloc::Layout;
    /// let arena = blink_alloc::BlinkAlloc::new();
    /// arena.set_limit(Some(4096));
    /// assert!(arena.allocate(Layout::new::<[u8; 1000]>()).is_ok());
    /// assert!(arena.allocate(Layout::new::<[u8; 4000]>()).is_err());
    /// ```
    pub fn set_limit(&self, limit: Option<usize>) {
        self.supply.set_limit(limit);
    }
}

impl<A: Allocator, const MIN_ALIGN: usize> Drop for BlinkAlloc<A, MIN_ALIGN> {
    fn drop(&mut self) {
        self.reset_final();
    }
}

impl<A: Allocator + Default, const MIN_ALIGN: usize> Default for BlinkAlloc<A, MIN_ALIGN> {
    fn default() -> Self {
        Self::with_min_align_in(A::default())
    }
}

impl<A: Allocator, const MIN_ALIGN: usize> fmt::Debug for BlinkAlloc<A, MIN_ALIGN> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlinkAlloc")
            .field("stats", &self.stats())
            .field("limit", &self.limit())
            .finish_non_exhaustive()
    }
}
