//! The `Allocator` traits of arenas, adaptors and frames.
//!
//! The same trait exists three times: in allocator-api2 0.4, in allocator-api2 0.2, and in
//! core. An arena implements each with its own methods, and what has an arena in it forwards.

use core::{alloc::Layout, ptr::NonNull};

use allocator_api2::alloc::Allocator;

#[cfg(target_has_atomic = "ptr")]
use crate::sync::{LocalBlinkAlloc, SyncBlinkAlloc};
use crate::{api::BlinkAllocator, blink::Blink, frame::Frame, holds::Sharing, local::BlinkAlloc};

/// `Allocator` for an arena, by its methods.
///
/// By value, although `reset` takes `&mut self` and is safe: a container owns its allocator
/// and lends out `&A` at most. One that lends out `&mut A` is broken with any allocator, since
/// `mem::replace` takes the allocator away under its blocks.
macro_rules! arena {
    ({ $($generics:tt)* } $Arena:ty, $($api:ident)::+) => {
        // SAFETY: blocks lie in chunks, which stay where they are until the arena is reset or
        // dropped, both of which need it unborrowed; moving the arena does not move a chunk.
        // An arena is not `Clone`.
        unsafe impl<$($generics)*> $($api)::+::Allocator for $Arena {
            #[inline(always)]
            fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, $($api)::+::AllocError> {
                Self::allocate(self, layout).map_err(|_| $($api)::+::AllocError)
            }

            #[inline(always)]
            unsafe fn deallocate(&self, ptr: NonNull<u8>, layout: Layout) {
                // SAFETY: the caller's promise.
                unsafe { Self::deallocate(self, ptr, layout.size()) }
            }

            #[inline(always)]
            unsafe fn grow(
                &self,
                ptr: NonNull<u8>,
                old: Layout,
                new: Layout,
            ) -> Result<NonNull<[u8]>, $($api)::+::AllocError> {
                // SAFETY: the caller's promise.
                let block = unsafe { self.grow_block(ptr, old, new) };
                block.map_err(|_| $($api)::+::AllocError)
            }

            #[inline(always)]
            unsafe fn grow_zeroed(
                &self,
                ptr: NonNull<u8>,
                old: Layout,
                new: Layout,
            ) -> Result<NonNull<[u8]>, $($api)::+::AllocError> {
                // SAFETY: the caller's promise.
                let block = unsafe { self.grow_block(ptr, old, new) };
                let block = block.map_err(|_| $($api)::+::AllocError)?;
                // SAFETY: the block has `new.size()` bytes, which is not less than the old size.
                let tail = unsafe { block.cast::<u8>().add(old.size()) };
                // SAFETY: these bytes are the rest of the block.
                unsafe { tail.write_bytes(0, new.size() - old.size()) };
                Ok(block)
            }

            #[inline(always)]
            unsafe fn shrink(
                &self,
                ptr: NonNull<u8>,
                old: Layout,
                new: Layout,
            ) -> Result<NonNull<[u8]>, $($api)::+::AllocError> {
                // SAFETY: the caller's promise.
                let block = unsafe { self.shrink_block(ptr, old, new) };
                block.map_err(|_| $($api)::+::AllocError)
            }
        }
    };
}

/// `Allocator` for what has an arena in it, by the trait of allocator-api2 0.4 that this has.
macro_rules! forward {
    ({ $($generics:tt)* } $Type:ty, $($api:ident)::+) => {
        // SAFETY: blocks lie in the arena, which does what the trait asks for: that of a local
        // arena is its own; that of an adaptor is not reset while the adaptor is borrowed; that
        // of a frame is not rewound below the frame while the handle is. Adaptors and frames by
        // reference only (I9): one that were owned by a collection could not be entered anyway.
        unsafe impl<$($generics)*> $($api)::+::Allocator for $Type {
            #[inline(always)]
            fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, $($api)::+::AllocError> {
                let block = Allocator::allocate(self.arena(), layout);
                block.map_err(|_| $($api)::+::AllocError)
            }

            #[inline(always)]
            unsafe fn deallocate(&self, ptr: NonNull<u8>, layout: Layout) {
                // SAFETY: the caller's promise.
                unsafe { Allocator::deallocate(self.arena(), ptr, layout) }
            }

            #[inline(always)]
            unsafe fn grow(
                &self,
                ptr: NonNull<u8>,
                old: Layout,
                new: Layout,
            ) -> Result<NonNull<[u8]>, $($api)::+::AllocError> {
                // SAFETY: the caller's promise.
                let block = unsafe { Allocator::grow(self.arena(), ptr, old, new) };
                block.map_err(|_| $($api)::+::AllocError)
            }

            #[inline(always)]
            unsafe fn grow_zeroed(
                &self,
                ptr: NonNull<u8>,
                old: Layout,
                new: Layout,
            ) -> Result<NonNull<[u8]>, $($api)::+::AllocError> {
                // SAFETY: the caller's promise.
                let block = unsafe { Allocator::grow_zeroed(self.arena(), ptr, old, new) };
                block.map_err(|_| $($api)::+::AllocError)
            }

            #[inline(always)]
            unsafe fn shrink(
                &self,
                ptr: NonNull<u8>,
                old: Layout,
                new: Layout,
            ) -> Result<NonNull<[u8]>, $($api)::+::AllocError> {
                // SAFETY: the caller's promise.
                let block = unsafe { Allocator::shrink(self.arena(), ptr, old, new) };
                block.map_err(|_| $($api)::+::AllocError)
            }
        }
    };
}

/// One of the traits, for all.
macro_rules! implement {
    ($($api:ident)::+) => {
        arena!({ A: Allocator, const MIN_ALIGN: usize } BlinkAlloc<A, MIN_ALIGN>, $($api)::+);
        #[cfg(target_has_atomic = "ptr")]
        arena!({ A: Allocator } SyncBlinkAlloc<A>, $($api)::+);
        #[cfg(target_has_atomic = "ptr")]
        forward!({ A: Allocator } LocalBlinkAlloc<'_, A>, $($api)::+);
        forward!({ A: BlinkAllocator, M: Sharing } &Blink<A, M>, $($api)::+);
        forward!({ A: BlinkAllocator, M: Sharing } &Frame<'_, A, M>, $($api)::+);
    };
}

implement!(allocator_api2::alloc);

// With `nightly` the trait of 0.2 is core's, and one impl serves both.
#[cfg(all(feature = "allocator-api2-02", not(feature = "nightly")))]
implement!(allocator_api2_02::alloc);

#[cfg(feature = "nightly")]
implement!(core::alloc);
