//! The arena that several threads fill at once.
//!
//! [`SyncBlinkAlloc`] owns its chunks. A request loads the chunk in use and moves its cursor,
//! both atomically and without a lock; where there is no room, one thread adds a chunk under a
//! lock and the others wait for it. This file is the type and its public methods. How the
//! cursor of a chunk moves is in `shared_chunk`, how chunks come and go in `cycles`; `local`
//! and `lease` are the arenas of single threads that take their memory from here.

mod cycles;
mod lease;
mod local;
mod shared_chunk;

use core::{
    alloc::Layout,
    fmt,
    mem::ManuallyDrop,
    ptr::{self, NonNull},
};

use allocator_api2::alloc::{AllocError, Allocator};

use self::{
    lease::Leases,
    shared_chunk::{Front, HEADER, MIN, SharedChunk, block},
};
use crate::{
    api::BlinkAllocator,
    atomic::{AtomicPtr, AtomicUsize, Ordering, const_fn},
    base::Global,
    bump::{self, CHUNK_ALIGN},
    chunk::FOOTER,
    growth::Steps,
    lock::Lock,
    poison,
    reserved::dangling,
    stats::Stats,
    supply::Supply,
};

pub use self::{cycles::SyncMark, local::LocalBlinkAlloc};

/// The first chunk of an arena that was not told otherwise.
const FIRST: usize = 4096;

/// Arena allocator that several threads fill at once.
///
/// Takes chunks from the base allocator `A`, serves allocations by moving a cursor, and frees
/// everything at once when it is [`reset`](Self::reset), which needs the arena unshared. As
/// with [`BlinkAlloc`](crate::BlinkAlloc), after a reset or two of a constant workload one
/// chunk serves it all, and the base allocator is not called any more.
///
/// There are two ways to use it, also side by side:
///
/// - **Directly.** An allocation is two atomic loads and one atomic addition. All threads move
///   the same cursor, so it has to travel between processors: fine for what is allocated now
///   and then, like buffers of work.
/// - **By [`local`](Self::local) arenas**, one for each thread or task, which lease 16 to 64
///   KiB at a time and are as fast as a [`BlinkAlloc`](crate::BlinkAlloc) in between.
///
/// Every block starts at a multiple of 8 bytes and takes as many. A block that is the tip, the
/// last one that any thread has allocated in the chunk in use, grows in place, and is reclaimed
/// when it shrinks or is freed. Any block shrinks in place if it is aligned to the new layout.
///
/// To put values into it and have them dropped, see [`SyncBlink`](crate::SyncBlink).
///
/// # Threads
///
/// It may be shared between threads if its base allocator may, and sent if that may be sent.
/// No thread waits for another to allocate, but where a chunk is added: one thread asks the base
/// allocator for it, and those who find no room meanwhile wait until it is there. So does who
/// asks for numbers like the [`stats`](Self::stats), and [local](Self::local) arenas wait for
/// each other for as long as it takes to get a lease off a list. They spin; with feature `std`
/// they give up their time slice after some microseconds. The base allocator must not use the
/// arena that it serves, it would wait for itself.
///
/// Neither std nor a lock crate is needed.
///
/// # Examples
///
/// ```
/// # #[cfg(feature = "alloc")] {
/// use allocator_api2::vec::Vec;
/// use blink_alloc::SyncBlinkAlloc;
///
/// let mut arena = SyncBlinkAlloc::new();
/// for round in 0..3_u32 {
///     std::thread::scope(|scope| {
///         for thread in 0..4 {
///             let arena = &arena;
///             scope.spawn(move || {
///                 let mut squares = Vec::new_in(arena);
///                 squares.extend((0..100).map(|x| x * x + thread + round));
///                 assert_eq!(squares[99], 9801 + thread + round);
///             });
///         }
///     });
///     arena.reset();
/// }
/// # }
/// ```
///
/// A reset while another thread uses the arena does not compile:
///
/// ```compile_fail,E0502
/// # use blink_alloc::SyncBlinkAlloc;
/// let mut arena = SyncBlinkAlloc::new();
/// std::thread::scope(|scope| {
///     scope.spawn(|| _ = arena.allocate(std::alloc::Layout::new::<u64>()));
///     arena.reset();
/// });
/// ```
pub struct SyncBlinkAlloc<A: Allocator = Global> {
    /// The chunk in use, null for none.
    chunk: AtomicPtr<Front>,
    /// All chunks. Whoever changes the chunk in use has the lock.
    supply: Lock<Supply>,
    leases: Leases,
    /// What a local arena leases first, in bytes.
    first_lease: AtomicUsize,
    base: A,
}

#[cfg(feature = "alloc")]
impl SyncBlinkAlloc<Global> {
    const_fn! {
        /// An empty arena over the global allocator. Allocates nothing yet.
        ///
        /// # Examples
        ///
        /// ```
        /// static ARENA: blink_alloc::SyncBlinkAlloc = blink_alloc::SyncBlinkAlloc::new();
        /// assert_eq!(ARENA.total_capacity(), 0);
        /// ```
        #[inline]
        pub const fn new() -> Self {
            Self::new_in(Global)
        }
    }

    const_fn! {
        /// An empty arena over the global allocator whose first chunk has `chunk_size` bytes. See
        /// [`with_chunk_size_in`](Self::with_chunk_size_in).
        #[inline]
        pub const fn with_chunk_size(chunk_size: usize) -> Self {
            Self::with_chunk_size_in(chunk_size, Global)
        }
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
    /// let arena = blink_alloc::SyncBlinkAlloc::with_capacity(10_000);
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

impl<A: Allocator> SyncBlinkAlloc<A> {
    const_fn! {
        /// An empty arena over `allocator`. Allocates nothing yet.
        #[inline]
        pub const fn new_in(allocator: A) -> Self {
            Self::with_chunk_size_in(FIRST, allocator)
        }
    }

    const_fn! {
        /// An empty arena over `allocator` whose first chunk has `chunk_size` bytes, 176 of them
        /// for its records (160 on 32-bit machines). Allocates nothing yet.
        ///
        /// Later chunks double. A size that is too small for a chunk, 0 too, is taken as the
        /// smallest one.
        pub const fn with_chunk_size_in(chunk_size: usize, allocator: A) -> Self {
            let smallest = FOOTER + HEADER + CHUNK_ALIGN;
            let first = if chunk_size < smallest { smallest } else { chunk_size };
            Self {
                chunk: AtomicPtr::new(ptr::null_mut()),
                supply: Lock::new(Supply::new(Steps::from(first))),
                leases: Leases::new(),
                first_lease: AtomicUsize::new(lease::SMALLEST),
                base: allocator,
            }
        }
    }

    /// An arena over `allocator` with a chunk that serves at least `capacity` bytes.
    ///
    /// # Panics
    ///
    /// As [`with_capacity`](SyncBlinkAlloc::with_capacity).
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

    /// The base allocator.
    #[inline(always)]
    pub const fn inner(&self) -> &A {
        &self.base
    }

    /// An arena for one thread or task, which leases its memory from this one. Takes nothing
    /// yet.
    ///
    /// It works best in fork-join style: one for each thread, and a reset of the shared arena
    /// when all have ended, and the local ones with them. What is put into a local arena stays
    /// until that is reset or dropped; if it is to stay longer than the thread, lend the arena to
    /// the thread ([`SendBlink::new_in`](crate::SendBlink::new_in) makes an adaptor of it that
    /// may be lent).
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(feature = "alloc")] {
    /// use allocator_api2::vec::Vec;
    ///
    /// let mut shared = blink_alloc::SyncBlinkAlloc::new();
    /// for _ in 0..3 {
    ///     std::thread::scope(|scope| {
    ///         for thread in 0..4_usize {
    ///             let shared = &shared;
    ///             scope.spawn(move || {
    ///                 let local = shared.local();
    ///                 let mut vec = Vec::new_in(&local);
    ///                 vec.extend(thread..1000);
    ///             });
    ///         }
    ///     });
    ///     shared.reset();
    /// }
    /// # }
    /// ```
    #[inline]
    pub fn local(&self) -> LocalBlinkAlloc<'_, A> {
        LocalBlinkAlloc::new(self, self.first_lease.load(Ordering::Relaxed))
    }

    /// Says how many bytes a local arena may need: those that are made from now on lease as
    /// many at first, between 16 and 64 KiB. Smaller numbers than before have no effect.
    ///
    /// A hint, for tasks of which it is known that they need more than 16 KiB.
    #[inline]
    pub fn update_max_local_alloc(&self, max_local_alloc: usize) {
        let first = max_local_alloc.clamp(lease::SMALLEST, lease::USUAL);
        self.first_lease.fetch_max(first, Ordering::Relaxed);
    }

    /// Allocates a block. Two atomic loads and one atomic addition (above 1 KiB, or 8 bytes of
    /// alignment, a loop of comparing and exchanging), unless the chunk in use has no room: then
    /// the base allocator is asked for another one.
    ///
    /// A block of zero bytes takes no chunk.
    ///
    /// # Errors
    ///
    /// When a chunk is needed and the base allocator or the [limit](Self::set_limit) refuses.
    #[inline(always)]
    pub fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        match self.add(layout) {
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
    /// that any thread has allocated, and after the next reset otherwise.
    ///
    /// # Safety
    ///
    /// `ptr` is a block of this arena of `size` bytes, and is not used any more.
    #[inline]
    pub unsafe fn deallocate(&self, ptr: NonNull<u8>, size: usize) {
        // Before it goes back: afterwards it may be somebody else's.
        poison::no_access(ptr, size);
        if let Some(chunk) = self.chunk() {
            chunk.give_back(ptr.addr().get(), rounded(size), 0);
        }
    }

    /// Frees all blocks at once and keeps one chunk that fits what was allocated since the
    /// last reset. What is kept, and when, is that of
    /// [`BlinkAlloc::reset`](crate::BlinkAlloc::reset).
    ///
    /// # Examples
    ///
    /// ```
    /// # use core::alloc::Layout;
    /// let mut arena = blink_alloc::SyncBlinkAlloc::new();
    /// arena.allocate(Layout::new::<[u64; 8]>()).unwrap();
    /// arena.reset();
    /// assert_eq!(arena.allocated_bytes(), 0);
    /// assert_eq!(arena.stats().chunks(), 1);
    /// ```
    #[inline]
    pub fn reset(&mut self) {
        // SAFETY: `&mut` ends all borrows of the arena, and with them what was put into it, by
        // local arenas too. A container that owns the arena does not lend it out like this (see
        // `api`).
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
    /// let mut arena = blink_alloc::SyncBlinkAlloc::new();
    /// arena.allocate(Layout::new::<[u8; 1 << 20]>()).unwrap();
    /// arena.reset_to(64 << 10);
    /// assert!(arena.total_capacity() <= 64 << 10);
    /// ```
    pub fn reset_to(&mut self, bytes: usize) {
        // SAFETY: as in `reset`.
        unsafe { self.reset_within(bytes.saturating_add(HEADER)) }
        if self.total_capacity() > bytes {
            // The base allocator gave more than it was asked for.
            self.reset_final();
        }
    }

    /// [`reset`](Self::reset) through a shared reference.
    ///
    /// # Safety
    ///
    /// - No block that was allocated before is used afterwards, by containers neither.
    /// - No [local](Self::local) arena that was made before is used afterwards, nor dropped (it
    ///   would give back what is not its own any more).
    /// - No other thread uses the arena meanwhile, and what they did with it happened before.
    pub unsafe fn reset_unchecked(&self) {
        // SAFETY: the caller's promise.
        unsafe { self.reset_within(usize::MAX) }
    }

    /// Frees all chunks and returns the base allocator.
    pub fn into_inner(self) -> A {
        let mut this = ManuallyDrop::new(self);
        this.reset_final();
        // SAFETY: `this` is not used afterwards and never dropped. What is not read has no
        // destructor.
        unsafe { ptr::read(&raw const this.base) }
    }

    /// Makes room for `additional` bytes in one chunk, padding included, so that as much can
    /// be allocated without calling the base allocator. Other threads may take it.
    ///
    /// # Panics
    ///
    /// As [`with_capacity`](SyncBlinkAlloc::with_capacity).
    ///
    /// # Examples
    ///
    /// ```
    /// # use core::alloc::Layout;
    /// let arena = blink_alloc::SyncBlinkAlloc::new();
    /// arena.reserve(8000);
    /// let before = arena.total_capacity();
    /// for _ in 0..1000 {
    ///     arena.allocate(Layout::new::<u64>()).unwrap();
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
        self.reserve_chunk(additional)
    }

    /// Bytes in use since the last reset, padding included. What is leased counts whole.
    pub fn allocated_bytes(&self) -> usize {
        self.stats().used()
    }

    /// Bytes of room in all chunks, whether in use or not.
    pub fn total_capacity(&self) -> usize {
        self.stats().capacity()
    }

    /// What the arena holds, chunk by chunk. Its `Display` draws the chunks. Other threads may
    /// allocate meanwhile.
    ///
    /// # Examples
    ///
    /// ```
    /// let arena = blink_alloc::SyncBlinkAlloc::with_capacity(1000);
    /// let stats = arena.stats();
    /// assert_eq!((stats.chunks(), stats.used()), (1, 0));
    /// println!("{stats}");
    /// ```
    pub fn stats(&self) -> Stats {
        self.supply.with(|supply| {
            let mut stats = Stats::default();
            for chunk in supply.chunks().iter() {
                // SAFETY: chunks are opened when they come into the list.
                let chunk = unsafe { SharedChunk::of(chunk) };
                stats.add(chunk.capacity(), chunk.used());
            }
            stats
        })
    }

    /// Bytes that the arena may take from the base allocator, `None` for no limit.
    pub fn limit(&self) -> Option<usize> {
        self.supply.with(|supply| supply.limit())
    }

    /// Limits the bytes that the arena takes from the base allocator, as
    /// [`BlinkAlloc::set_limit`](crate::BlinkAlloc::set_limit). The records are 176 bytes for
    /// each chunk, 160 on 32-bit machines.
    ///
    /// # Examples
    ///
    /// ```
    /// # use core::alloc::Layout;
    /// let arena = blink_alloc::SyncBlinkAlloc::new();
    /// arena.set_limit(Some(4096));
    /// assert!(arena.allocate(Layout::new::<[u8; 1000]>()).is_ok());
    /// assert!(arena.allocate(Layout::new::<[u8; 4000]>()).is_err());
    /// ```
    pub fn set_limit(&self, limit: Option<usize>) {
        self.supply.with(|supply| supply.set_limit(limit));
    }

    fn leases(&self) -> &Leases {
        &self.leases
    }

    /// The chunk in use.
    #[inline(always)]
    fn chunk(&self) -> Option<SharedChunk> {
        // SAFETY: written by `set_chunk` only. The arena's chunks are freed when it is not
        // shared any more.
        unsafe { SharedChunk::from_ptr(self.chunk.load(Ordering::Acquire)) }
    }

    /// Allocates a small block in the chunk in use; `None` where that has no room, or the block
    /// is not small.
    #[inline(always)]
    fn add(&self, layout: Layout) -> Option<NonNull<u8>> {
        self.chunk()?.add(layout)
    }

    /// Allocates a block that is not small, or in another chunk.
    #[inline(never)]
    fn allocate_slow(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        if layout.size() == 0 {
            // I11. The pointer is good for its address.
            return Ok(NonNull::slice_from_raw_parts(dangling(layout), 0));
        }
        let start = match self.place(layout) {
            Some(start) => start,
            None => self.place_elsewhere(layout)?,
        };
        Ok(NonNull::slice_from_raw_parts(start, layout.size()))
    }

    /// Allocates any block in the chunk in use; `None` where that has no room.
    fn place(&self, layout: Layout) -> Option<NonNull<u8>> {
        self.chunk()?.place(layout)
    }

    /// Grows a block.
    ///
    /// # Safety
    ///
    /// As [`resize`](Self::resize), and the new size is not smaller.
    #[inline]
    pub(crate) unsafe fn grow_block(
        &self,
        ptr: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<[u8]>, AllocError> {
        match self.grow_in_place(ptr, old, new) {
            Some(start) => Ok(NonNull::slice_from_raw_parts(start, new.size())),
            // SAFETY: the caller's promise.
            None => unsafe { self.move_block(ptr, old, new) },
        }
    }

    /// Grows a block that is the tip, and aligned, if there is room.
    #[inline]
    fn grow_in_place(&self, ptr: NonNull<u8>, old: Layout, new: Layout) -> Option<NonNull<u8>> {
        let start = ptr.addr().get();
        if start % new.align() != 0 {
            return None;
        }
        let start = self
            .chunk()?
            .grow(start, rounded(old.size()), block(new)?)?;
        if poison::ENABLED {
            // SAFETY: the block has `new.size()` bytes now.
            let tail = unsafe { start.add(old.size()) };
            poison::undefined(tail, new.size() - old.size());
        }
        Some(start)
    }

    /// Shrinks a block.
    ///
    /// # Safety
    ///
    /// As [`resize`](Self::resize), and the new size is not larger.
    #[inline]
    pub(crate) unsafe fn shrink_block(
        &self,
        ptr: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<[u8]>, AllocError> {
        let start = ptr.addr().get();
        if start % new.align() != 0 {
            // SAFETY: the caller's promise.
            return unsafe { self.move_block(ptr, old, new) };
        }
        if poison::ENABLED {
            // Before it goes back: afterwards it may be somebody else's.
            // SAFETY: the block has `old.size()` bytes.
            let tail = unsafe { ptr.add(new.size()) };
            poison::no_access(tail, old.size() - new.size());
        }
        if let Some(chunk) = self.chunk() {
            chunk.give_back(start, rounded(old.size()), rounded(new.size()));
        }
        // The pointer goes back as it came: it is one that this arena gave out.
        Ok(NonNull::slice_from_raw_parts(ptr, new.size()))
    }

    /// Resizes a block by allocating another one.
    ///
    /// # Safety
    ///
    /// As [`resize`](Self::resize).
    #[cold]
    unsafe fn move_block(
        &self,
        ptr: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<[u8]>, AllocError> {
        if new.size() == old.size() && ptr.addr().get() % new.align() == 0 {
            // Nothing to grow.
            return Ok(NonNull::slice_from_raw_parts(ptr, new.size()));
        }
        let block = self.allocate(new)?;
        let bytes = old.size().min(new.size());
        // SAFETY: both blocks have that many bytes, and a block in use does not overlap a new
        // one (I1).
        unsafe { ptr.copy_to_nonoverlapping(block.cast(), bytes) };
        // SAFETY: the block is the caller's, who gives it up.
        unsafe { self.deallocate(ptr, old.size()) };
        Ok(block)
    }
}

/// Bytes that a block of `size` bytes takes, which has been allocated.
#[inline(always)]
const fn rounded(size: usize) -> usize {
    bump::round_up(size + poison::RED_ZONE, MIN)
}

// SAFETY: `reset` needs `&mut` of the arena, of which there is one.
unsafe impl<A: Allocator> BlinkAllocator for SyncBlinkAlloc<A> {
    #[inline]
    fn reset(&mut self) {
        Self::reset(self);
    }

    #[inline(always)]
    fn allocate_fast(&self, layout: Layout) -> Option<NonNull<u8>> {
        self.add(layout)
    }

    #[inline(always)]
    fn allocate_rest(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        self.allocate_slow(layout)
    }
}

impl<A: Allocator> Drop for SyncBlinkAlloc<A> {
    fn drop(&mut self) {
        self.reset_final();
    }
}

impl<A: Allocator + Default> Default for SyncBlinkAlloc<A> {
    fn default() -> Self {
        Self::new_in(A::default())
    }
}

impl<A: Allocator> fmt::Debug for SyncBlinkAlloc<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SyncBlinkAlloc")
            .field("stats", &self.stats())
            .field("limit", &self.limit())
            .finish_non_exhaustive()
    }
}
