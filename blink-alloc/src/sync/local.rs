//! The arena of one thread that leases from a shared one.

use core::{alloc::Layout, fmt, ptr::NonNull};

use allocator_api2::alloc::{AllocError, Allocator};

use super::{SyncBlinkAlloc, lease, lease::Lessor};
use crate::{
    api::{BlinkAllocator, Rewind},
    base::Global,
    growth::Steps,
    local::{BlinkAlloc, Mark},
    stats::Stats,
};

/// Arena of one thread that takes its memory from a [`SyncBlinkAlloc`], in leases of 16, 32 and
/// then 64 KiB. A larger block, and what one cycle needs after a [`reset`](Self::reset), have a
/// lease of their own, of which at most a quarter is too much. See [`SyncBlinkAlloc::local`].
///
/// It is a [`BlinkAlloc`] in all but where its chunks come from: as fast, with
/// [frames](crate::Frame), and reset on its own. No other thread touches its memory or its
/// cursor; it has cache lines of its own (128 bytes).
///
/// What it has leased goes back to the shared arena when it is dropped, and then serves the
/// next local arena, on any thread. A reset keeps what a cycle needs. If it is forgotten, its
/// memory stays in use until the shared arena is reset. So a shared arena may go without a reset
/// for a long time, while local ones come and go: of each size of leases it has as many as were
/// out at one time.
///
/// It may be sent to another thread, if the shared arena may be shared.
///
/// # Examples
///
/// ```
/// # #[cfg(feature = "alloc")] {
/// use blink_alloc::{Blink, SyncBlinkAlloc};
///
/// let mut shared = SyncBlinkAlloc::new();
/// for _ in 0..3 {
///     let lengths: Vec<usize> = std::thread::scope(|scope| {
///         let shared = &shared;
///         let threads = ["to be", "or not", "to be"]
///             .map(|text| scope.spawn(move || {
///                 let blink = Blink::new_in(shared.local());
///                 let words = blink.fill_iter(text.split(' ').map(str::len));
///                 words.iter().sum()
///             }));
///         threads.map(|thread| thread.join().unwrap()).to_vec()
///     });
///     assert_eq!(lengths, [4, 5, 4]);
///     shared.reset();
/// }
/// # }
/// ```
#[repr(align(128))]
pub struct LocalBlinkAlloc<'a, A: Allocator = Global> {
    arena: BlinkAlloc<Lessor<'a, A>>,
}

impl<'a, A: Allocator> LocalBlinkAlloc<'a, A> {
    /// An empty arena that leases `first` bytes at first.
    #[inline]
    pub(super) fn new(shared: &'a SyncBlinkAlloc<A>, first: usize) -> Self {
        let steps = Steps::from(first).up_to(lease::USUAL);
        Self {
            arena: BlinkAlloc::with_steps(steps, Lessor(shared)),
        }
    }

    /// The arena that this one leases from.
    ///
    /// # Examples
    ///
    /// ```
    /// let shared = blink_alloc::SyncBlinkAlloc::new();
    /// let local = shared.local();
    /// assert!(std::ptr::eq(local.shared(), &shared));
    /// ```
    #[inline]
    pub fn shared(&self) -> &'a SyncBlinkAlloc<A> {
        self.arena.inner().0
    }

    /// Allocates a block, as [`BlinkAlloc::allocate`].
    ///
    /// # Errors
    ///
    /// When a lease is needed and the shared arena refuses, see [`SyncBlinkAlloc::allocate`].
    #[inline(always)]
    pub fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        self.arena.allocate(layout)
    }

    /// Grows or shrinks a block, as [`BlinkAlloc::resize`].
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
        // SAFETY: the caller's promise.
        unsafe { self.arena.resize(ptr, old_layout, new_layout) }
    }

    /// Frees a block of `size` bytes, as [`BlinkAlloc::deallocate`].
    ///
    /// # Safety
    ///
    /// `ptr` is a block of this arena of `size` bytes, and is not used any more.
    #[inline(always)]
    pub unsafe fn deallocate(&self, ptr: NonNull<u8>, size: usize) {
        // SAFETY: the caller's promise.
        unsafe { self.arena.deallocate(ptr, size) }
    }

    /// Frees all blocks at once and keeps one lease that fits what was allocated since the last
    /// reset, as [`BlinkAlloc::reset`]. What it does not keep goes back to the shared arena.
    ///
    /// # Examples
    ///
    /// ```
    /// # use core::alloc::Layout;
    /// let shared = blink_alloc::SyncBlinkAlloc::new();
    /// let mut local = shared.local();
    /// for _ in 0..100 {
    ///     local.allocate(Layout::new::<[u8; 10_000]>()).unwrap();
    ///     local.reset();
    /// }
    /// assert!(shared.total_capacity() < 100_000);
    /// ```
    #[inline(always)]
    pub fn reset(&mut self) {
        self.arena.reset();
    }

    /// [`reset`](Self::reset) through a shared reference.
    ///
    /// # Safety
    ///
    /// No block that was allocated before is used afterwards, by containers neither.
    #[inline(always)]
    pub unsafe fn reset_unchecked(&self) {
        // SAFETY: the caller's promise.
        unsafe { self.arena.reset_unchecked() }
    }

    /// Leases room for `additional` bytes in one piece, as [`BlinkAlloc::reserve`].
    ///
    /// # Panics
    ///
    /// As [`SyncBlinkAlloc::reserve`].
    pub fn reserve(&self, additional: usize) {
        self.arena.reserve(additional);
    }

    /// [`reserve`](Self::reserve), but returns an error where the room cannot be had.
    pub fn try_reserve(&self, additional: usize) -> Result<(), AllocError> {
        self.arena.try_reserve(additional)
    }

    /// Bytes in use since the last reset, padding included.
    pub fn allocated_bytes(&self) -> usize {
        self.arena.allocated_bytes()
    }

    /// Bytes of room in what is leased, whether in use or not.
    pub fn total_capacity(&self) -> usize {
        self.arena.total_capacity()
    }

    /// What is leased, lease by lease.
    pub fn stats(&self) -> Stats {
        self.arena.stats()
    }

    #[inline(always)]
    pub(crate) fn arena(&self) -> &BlinkAlloc<Lessor<'a, A>> {
        &self.arena
    }
}

// SAFETY: `reset` needs `&mut`; everything is done by the arena inside.
unsafe impl<A: Allocator> BlinkAllocator for LocalBlinkAlloc<'_, A> {
    #[inline(always)]
    fn reset(&mut self) {
        self.arena.reset();
    }

    #[inline(always)]
    fn allocate_fast(&self, layout: Layout) -> Option<NonNull<u8>> {
        self.arena.allocate_fast(layout)
    }

    #[inline(always)]
    fn allocate_rest(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        self.arena.allocate_rest(layout)
    }

    #[inline(always)]
    fn allocate_type<T>(&self) -> Option<NonNull<u8>> {
        self.arena.allocate_type::<T>()
    }

    #[inline(always)]
    fn tip(&self) -> usize {
        self.arena.tip()
    }

    #[inline]
    fn room(&self, start: NonNull<u8>, layout: Layout) -> usize {
        self.arena.room(start, layout)
    }
}

// SAFETY: `&mut` of it ends all other borrows, and it is not `Clone`. It rewinds as the arena
// inside does, which nobody else has.
unsafe impl<A: Allocator> Rewind for LocalBlinkAlloc<'_, A> {
    type Mark = Mark;

    #[inline(always)]
    fn mark(&self) -> Mark {
        self.arena.mark()
    }

    #[inline(always)]
    unsafe fn rewind(&self, mark: Mark) {
        // SAFETY: the caller's promise.
        unsafe { Rewind::rewind(&self.arena, mark) }
    }

    #[inline(always)]
    unsafe fn rewind_fast(&self, mark: Mark) -> bool {
        // SAFETY: the caller's promise.
        unsafe { self.arena.rewind_fast(mark) }
    }
}

impl<A: Allocator> fmt::Debug for LocalBlinkAlloc<'_, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalBlinkAlloc")
            .field("stats", &self.stats())
            .finish_non_exhaustive()
    }
}
