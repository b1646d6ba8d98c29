//! The blocks of an arena: allocating, growing and shrinking them.
//!
//! Fast paths are inlined and touch cursor and chunk only. Where the chunk in use cannot serve
//! a request they end in a call of a cold function, which returns what the caller returns.

use core::{alloc::Layout, ptr::NonNull};

use allocator_api2::alloc::{AllocError, Allocator};

use super::BlinkAlloc;
use crate::{
    bump::{self, Placed},
    chunk::FOOTER,
    poison,
    reserved::dangling,
};

impl<A: Allocator, const MIN_ALIGN: usize> BlinkAlloc<A, MIN_ALIGN> {
    /// Bytes that a block of `size` bytes takes, before they are rounded to [`Self::MIN`].
    #[inline(always)]
    pub(super) const fn block(size: usize) -> usize {
        size.wrapping_add(poison::RED_ZONE)
    }

    /// Whether `bump` is exact for a block of this layout (I5): always, unless a red zone comes
    /// on top of what a layout may have.
    #[inline(always)]
    pub(super) const fn in_range(layout: Layout) -> bool {
        !poison::ENABLED
            || Self::block(layout.size()) <= (isize::MAX as usize).saturating_sub(layout.align())
    }

    #[inline(always)]
    pub(crate) fn cursor_addr(&self) -> usize {
        self.cursor.get().addr().get()
    }

    /// A pointer to an address of the chunk in use, derived from the cursor (I12).
    #[inline(always)]
    pub(super) fn pointer(&self, addr: usize) -> NonNull<u8> {
        at(self.cursor.get(), addr)
    }

    /// Allocates in the chunk in use; `None` where it has no room.
    #[inline(always)]
    pub(crate) fn place(&self, layout: Layout) -> Option<NonNull<u8>> {
        if !Self::in_range(layout) {
            return None;
        }
        let (size, align) = (Self::block(layout.size()), layout.align());
        let end = self.chunk.get().end();
        let placed = bump::place(self.cursor_addr(), end, size, align, Self::MIN)?;
        Some(self.take(placed, layout))
    }

    /// [`place`](Self::place) for the layout of a type.
    #[inline(always)]
    pub(crate) fn place_type<T>(&self) -> Option<NonNull<u8>> {
        let layout = Layout::new::<T>();
        if poison::ENABLED {
            // With a red zone the size is no multiple of the alignment.
            return self.place(layout);
        }
        // The chunk's record follows its room.
        let placed = bump::place_type(
            self.cursor_addr(),
            self.chunk.get().end(),
            (layout.size(), layout.align()),
            Self::MIN,
            FOOTER,
        )?;
        Some(self.take(placed, layout))
    }

    /// Takes a place in the chunk in use.
    #[inline(always)]
    fn take(&self, placed: Placed, layout: Layout) -> NonNull<u8> {
        let start = self.pointer(placed.start);
        self.cursor.set(self.pointer(placed.cursor));
        poison::undefined(start, layout.size());
        start
    }

    /// Allocates in another chunk.
    #[cold]
    #[inline(never)]
    pub(crate) fn allocate_slow(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        if layout.size() == 0 {
            // I11. The pointer is good for its address.
            return Ok(NonNull::slice_from_raw_parts(dangling(layout), 0));
        }
        let (size, align) = (Self::block(layout.size()), layout.align());
        let need = bump::worst_case(size, align, Self::MIN).ok_or(AllocError)?;
        let chunk = self.supply.serve(&self.base, need)?;
        let first = chunk.start();
        let placed = bump::place(first.addr().get(), chunk.end(), size, align, Self::MIN)
            .expect("a chunk for the worst case has room for the block");
        if chunk.is_own() {
            chunk.set_used(placed.cursor - first.addr().get());
        } else {
            self.enter(chunk, at(first, placed.cursor));
        }
        let start = at(first, placed.start);
        poison::undefined(start, layout.size());
        Ok(NonNull::slice_from_raw_parts(start, layout.size()))
    }

    /// Bytes that a block of `size` bytes can have in its place, or should: under a limit half
    /// of what is left stays for others, since it may be all there is.
    pub(crate) fn room_of(&self, ptr: NonNull<u8>, size: usize) -> usize {
        let (start, end) = (ptr.addr().get(), self.chunk.get().end());
        if !bump::is_tip(start, Self::block(size), self.cursor_addr(), Self::MIN) {
            return size;
        }
        let rest = end - self.cursor_addr();
        // Chunks end at multiples of every minimum alignment (I14): rounding needs no room.
        size + if self.limit().is_some() {
            rest / 2
        } else {
            rest
        }
    }

    /// Grows a block.
    ///
    /// # Safety
    ///
    /// As [`resize`](Self::resize), and the new size is not smaller.
    #[inline(always)]
    pub(crate) unsafe fn grow_block(
        &self,
        ptr: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<[u8]>, AllocError> {
        let start = ptr.addr().get();
        let grown = bump::grow(
            start,
            self.cursor_addr(),
            self.chunk.get().end(),
            (Self::block(old.size()), old.align()),
            (Self::block(new.size()), new.align()),
            Self::MIN,
        );
        match grown {
            Some(cursor) if Self::in_range(new) => {
                let start = self.pointer(start);
                self.cursor.set(self.pointer(cursor));
                if poison::ENABLED {
                    // SAFETY: the block has `new.size()` bytes now.
                    let tail = unsafe { start.add(old.size()) };
                    poison::undefined(tail, new.size() - old.size());
                }
                Ok(NonNull::slice_from_raw_parts(start, new.size()))
            }
            // SAFETY: the caller's promise.
            _ => unsafe { self.resize_slow(ptr, old, new) },
        }
    }

    /// Shrinks a block.
    ///
    /// # Safety
    ///
    /// As [`resize`](Self::resize), and the new size is not larger.
    #[inline(always)]
    pub(crate) unsafe fn shrink_block(
        &self,
        ptr: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<[u8]>, AllocError> {
        let start = ptr.addr().get();
        if !bump::keeps_align(start, old.align(), new.align()) {
            // SAFETY: the caller's promise.
            return unsafe { self.resize_slow(ptr, old, new) };
        }
        if bump::is_tip(
            start,
            Self::block(old.size()),
            self.cursor_addr(),
            Self::MIN,
        ) {
            let cursor = start + bump::round_up(Self::block(new.size()), Self::MIN);
            self.cursor.set(self.pointer(cursor));
        }
        // The pointer goes back as it came: it is one that this arena gave out.
        if poison::ENABLED {
            // SAFETY: the block had `old.size()` bytes.
            let tail = unsafe { ptr.add(new.size()) };
            poison::no_access(tail, old.size() - new.size());
        }
        Ok(NonNull::slice_from_raw_parts(ptr, new.size()))
    }

    /// Resizes a block that does not stay in its place by the first look of it.
    ///
    /// # Safety
    ///
    /// As [`resize`](Self::resize).
    #[cold]
    #[inline(never)]
    unsafe fn resize_slow(
        &self,
        ptr: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<[u8]>, AllocError> {
        if new.align() < old.align() {
            // The first look does not tell for a smaller alignment: the second does. The block
            // is aligned to that as well.
            let align = new.align();
            let old = Layout::from_size_align(old.size(), align).map_err(|_| AllocError)?;
            // SAFETY: the caller's promise.
            return unsafe { self.resize(ptr, old, new) };
        }
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

/// A pointer to an address of the chunk that `base` points into, derived from it.
#[inline(always)]
fn at(base: NonNull<u8>, addr: usize) -> NonNull<u8> {
    let pointer = base.as_ptr().with_addr(addr);
    // SAFETY: callers pass addresses between a chunk's start and its end (I1), which for no
    // chunk are those of a static. Neither is null.
    unsafe { NonNull::new_unchecked(pointer) }
}
