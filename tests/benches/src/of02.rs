//! Allocators of an older trait.

use std::{alloc::Layout, ptr::NonNull};

use allocator_api2::alloc::{AllocError, Allocator};
use allocator_api2_02::alloc::Allocator as Allocator02;

/// An allocator of allocator-api2 0.2 as one of 0.4.
#[derive(Clone, Copy, Debug)]
pub struct Of02<A>(pub A);

// SAFETY: the traits are the same, and everything is done by the allocator inside, whose
// copies are its clones.
unsafe impl<A: Allocator02> Allocator for Of02<A> {
    #[inline(always)]
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        self.0.allocate(layout).map_err(|_| AllocError)
    }

    #[inline(always)]
    unsafe fn deallocate(&self, ptr: NonNull<u8>, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { self.0.deallocate(ptr, layout) }
    }

    #[inline(always)]
    unsafe fn grow(
        &self,
        ptr: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<[u8]>, AllocError> {
        // SAFETY: the caller's promise.
        unsafe { self.0.grow(ptr, old, new) }.map_err(|_| AllocError)
    }

    #[inline(always)]
    unsafe fn shrink(
        &self,
        ptr: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<[u8]>, AllocError> {
        // SAFETY: the caller's promise.
        unsafe { self.0.shrink(ptr, old, new) }.map_err(|_| AllocError)
    }
}
