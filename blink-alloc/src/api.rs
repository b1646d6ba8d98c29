//! The traits of arenas. The `Allocator` traits that they implement are in `allocator`.

use core::{alloc::Layout, ptr::NonNull};

use allocator_api2::alloc::{AllocError, Allocator};

use crate::local::{BlinkAlloc, Mark};

/// An [`Allocator`] that frees everything at once.
///
/// Deallocation may be without effect until then, and what is deallocated may be used again.
/// Beyond what `Allocator` asks, an implementation guarantees that [`Allocator::shrink`]
/// succeeds and leaves the block where it is whenever the pointer is aligned to the new
/// layout.
///
/// # Safety
///
/// What [`Allocator`] asks for. [`reset`](Self::reset) may invalidate blocks only if it was
/// called through the one handle of the allocator: for handles that can be copied it has no
/// effect. The hidden methods that allocate do it as `allocate` does.
pub unsafe trait BlinkAllocator: Allocator {
    /// Frees all blocks. Without effect on a handle that can be copied, like `&BlinkAlloc`.
    ///
    /// Containers that use the allocator borrow it, and so end before this call.
    fn reset(&mut self);

    /// What `allocate` can do in a few instructions, inlined into the caller. `None` is no
    /// error: `allocate_rest` is asked then.
    #[doc(hidden)]
    #[inline(always)]
    fn allocate_fast(&self, layout: Layout) -> Option<NonNull<u8>> {
        self.allocate(layout).ok().map(NonNull::cast)
    }

    /// What `allocate` does where `allocate_fast` has just said `None` for the layout.
    #[doc(hidden)]
    #[inline(always)]
    fn allocate_rest(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        self.allocate(layout)
    }

    /// [`allocate_fast`](Self::allocate_fast) for the layout of a type.
    #[doc(hidden)]
    #[inline(always)]
    fn allocate_type<T>(&self) -> Option<NonNull<u8>>
    where
        Self: Sized,
    {
        self.allocate_fast(Layout::new::<T>())
    }

    /// The address behind the last block, as a hint: where it moves, something was allocated.
    #[doc(hidden)]
    #[inline(always)]
    fn tip(&self) -> usize {
        0
    }

    /// Bytes that a block in use can have, as a hint: with as many it will likely stay where it
    /// is, and leave enough for others.
    #[doc(hidden)]
    fn room(&self, _start: NonNull<u8>, layout: Layout) -> usize {
        layout.size()
    }
}

/// A [`BlinkAllocator`] of which `&mut` is exclusive access, so that a mark can be set and
/// rewound to. [Frames](crate::Frame) need it.
///
/// `&BlinkAlloc` is none: somebody else could allocate from the same arena between mark and
/// rewind, and lose it.
///
/// ```compile_fail,E0277
/// # use blink_alloc::{Blink, BlinkAlloc};
/// let arena = BlinkAlloc::new();
/// let mut blink = Blink::new_in(&arena);
/// blink.enter();
/// ```
///
/// # Safety
///
/// - While a value of the type is borrowed exclusively, nobody else allocates from the same
///   arena, grows a block of it, resets or rewinds it. So it is never implemented for what can
///   be copied or cloned, nor for a shared reference or pointer.
/// - [`rewind`](Self::rewind) frees no block that was allocated before the mark.
#[diagnostic::on_unimplemented(
    message = "an adaptor over `{Self}` cannot have frames",
    label = "not the only way to its arena",
    note = "over `&arena` others may allocate too: make the adaptor over the arena itself, or over `&mut arena`"
)]
pub unsafe trait Rewind: BlinkAllocator {
    /// Where the arena was at one moment.
    type Mark: Copy;

    /// Where the arena is now.
    fn mark(&self) -> Self::Mark;

    /// Frees all blocks that were allocated after the mark.
    ///
    /// # Safety
    ///
    /// - The mark is of this arena, and there was no reset since it was set, nor a rewind to an
    ///   earlier mark.
    /// - No block that was allocated since, or has grown, is used afterwards. That is also what a
    ///   [`LocalBlinkAlloc`](crate::LocalBlinkAlloc) does that has leased since, when it is used
    ///   or dropped.
    /// - No other thread uses the arena meanwhile.
    unsafe fn rewind(&self, mark: Self::Mark);

    /// What `rewind` can do in a few instructions, inlined into the caller. `false` is no
    /// error: `rewind` is asked then.
    ///
    /// # Safety
    ///
    /// As [`rewind`](Self::rewind).
    #[doc(hidden)]
    #[inline(always)]
    unsafe fn rewind_fast(&self, mark: Self::Mark) -> bool {
        // SAFETY: the caller's promise.
        unsafe { self.rewind(mark) };
        true
    }
}

// SAFETY: `&mut` of an arena ends all other borrows of it, and it is not `Clone`. Rewinding
// moves the cursor to where it was.
unsafe impl<A: Allocator, const MIN_ALIGN: usize> Rewind for BlinkAlloc<A, MIN_ALIGN> {
    type Mark = Mark;

    #[inline(always)]
    fn mark(&self) -> Mark {
        Self::mark(self)
    }

    #[inline(always)]
    unsafe fn rewind(&self, mark: Mark) {
        // SAFETY: the caller's promise.
        if !unsafe { self.rewind_fast(mark) } {
            // SAFETY: the caller's promise.
            unsafe { self.end_frame_slow(mark) }
        }
    }

    #[inline(always)]
    unsafe fn rewind_fast(&self, mark: Mark) -> bool {
        // SAFETY: the caller's promise.
        unsafe { self.rewind_in_chunk(mark) }
    }
}

// SAFETY: as long as it is borrowed, so is the arena.
unsafe impl<'a, R: Rewind> Rewind for &'a mut R
where
    &'a mut R: Allocator,
{
    type Mark = R::Mark;

    #[inline(always)]
    fn mark(&self) -> R::Mark {
        R::mark(self)
    }

    #[inline(always)]
    unsafe fn rewind(&self, mark: R::Mark) {
        // SAFETY: the caller's promise.
        unsafe { R::rewind(self, mark) }
    }

    #[inline(always)]
    unsafe fn rewind_fast(&self, mark: R::Mark) -> bool {
        // SAFETY: the caller's promise.
        unsafe { R::rewind_fast(self, mark) }
    }
}

// SAFETY: `reset` has no effect.
unsafe impl<A: BlinkAllocator> BlinkAllocator for &A {
    #[inline]
    fn reset(&mut self) {}

    #[inline(always)]
    fn allocate_fast(&self, layout: Layout) -> Option<NonNull<u8>> {
        A::allocate_fast(self, layout)
    }

    #[inline(always)]
    fn allocate_rest(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        A::allocate_rest(self, layout)
    }

    #[inline(always)]
    fn allocate_type<T>(&self) -> Option<NonNull<u8>> {
        A::allocate_type::<T>(self)
    }

    #[inline(always)]
    fn tip(&self) -> usize {
        A::tip(self)
    }

    #[inline]
    fn room(&self, start: NonNull<u8>, layout: Layout) -> usize {
        A::room(self, start, layout)
    }
}

// SAFETY: `&mut` cannot be copied, so this is the one handle while it lives.
unsafe impl<'a, A: BlinkAllocator> BlinkAllocator for &'a mut A
where
    &'a mut A: Allocator,
{
    #[inline]
    fn reset(&mut self) {
        A::reset(self);
    }

    #[inline(always)]
    fn allocate_fast(&self, layout: Layout) -> Option<NonNull<u8>> {
        A::allocate_fast(self, layout)
    }

    #[inline(always)]
    fn allocate_rest(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        A::allocate_rest(self, layout)
    }

    #[inline(always)]
    fn allocate_type<T>(&self) -> Option<NonNull<u8>> {
        A::allocate_type::<T>(self)
    }

    #[inline(always)]
    fn tip(&self) -> usize {
        A::tip(self)
    }

    #[inline]
    fn room(&self, start: NonNull<u8>, layout: Layout) -> usize {
        A::room(self, start, layout)
    }
}

// SAFETY: `reset` needs `&mut` of the arena, of which there is one.
unsafe impl<A: Allocator, const MIN_ALIGN: usize> BlinkAllocator for BlinkAlloc<A, MIN_ALIGN> {
    #[inline(always)]
    fn reset(&mut self) {
        Self::reset(self);
    }

    #[inline(always)]
    fn allocate_fast(&self, layout: Layout) -> Option<NonNull<u8>> {
        self.place(layout)
    }

    #[inline(always)]
    fn allocate_rest(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        self.allocate_slow(layout)
    }

    #[inline(always)]
    fn allocate_type<T>(&self) -> Option<NonNull<u8>> {
        self.place_type::<T>()
    }

    #[inline(always)]
    fn tip(&self) -> usize {
        self.cursor_addr()
    }

    #[inline]
    fn room(&self, start: NonNull<u8>, layout: Layout) -> usize {
        self.room_of(start, layout.size())
    }
}
