//! A local arena together with the shared one that it leases from.

use core::{alloc::Layout, fmt, mem, ptr::NonNull};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use allocator_api2::alloc::{AllocError, Allocator};
use blink_alloc::{BlinkAllocator, LocalBlinkAlloc, Rewind, Stats, SyncBlinkAlloc};

use super::ArenaOver;
use crate::RECORD;

/// A local arena that is reset on its own. It may be `RENEWED`: a reset then ends it, resets the
/// shared arena, and leases anew.
pub struct Lease<B: Allocator + 'static, const RENEWED: bool> {
    /// `None` only while the shared arena is reset.
    local: Option<LocalBlinkAlloc<'static, B>>,
    /// From a `Box`. Borrowed by `local`, and by nobody else.
    shared: NonNull<SyncBlinkAlloc<B>>,
}

/// A local arena that is reset on its own.
pub type Leased<B> = Lease<B, false>;

/// A local arena that ends with each reset, which is one of the shared arena.
pub type Renewed<B> = Lease<B, true>;

impl<B: Allocator + 'static, const RENEWED: bool> Lease<B, RENEWED> {
    /// Leases from a shared arena.
    #[must_use]
    pub fn from(shared: SyncBlinkAlloc<B>) -> Self {
        let shared = NonNull::from(Box::leak(Box::new(shared)));
        let mut this = Self {
            local: None,
            shared,
        };
        this.lease();
        this
    }

    /// Leases from a shared arena whose first chunk has this size.
    #[must_use]
    pub fn with_chunk_size_in(size: usize, base: B) -> Self {
        Self::from(SyncBlinkAlloc::with_chunk_size_in(size, base))
    }

    fn lease(&mut self) {
        // SAFETY: alive until this is dropped, and not borrowed mutably while there is a local
        // arena.
        self.local = Some(unsafe { self.shared.as_ref() }.local());
    }

    fn local(&self) -> &LocalBlinkAlloc<'static, B> {
        self.local.as_ref().expect("there is one outside of resets")
    }

    /// The shared arena.
    #[must_use]
    pub fn shared(&self) -> &SyncBlinkAlloc<B> {
        self.local().shared()
    }

    /// Ends the local arena, does something to the shared one, and leases anew.
    fn renew(&mut self, end: impl FnOnce(&mut SyncBlinkAlloc<B>)) {
        self.local = None;
        // SAFETY: alive, and its one borrow has ended.
        let shared = unsafe { self.shared.as_mut() };
        // The base allocator may panic.
        let result = catch_unwind(AssertUnwindSafe(|| end(shared)));
        self.lease();
        result.unwrap_or_else(|payload| resume_unwind(payload));
    }
}

impl<B: Allocator + 'static, const RENEWED: bool> Drop for Lease<B, RENEWED> {
    fn drop(&mut self) {
        self.local = None;
        // SAFETY: from a `Box`, and its borrow has ended.
        drop(unsafe { Box::from_raw(self.shared.as_ptr()) });
    }
}

impl<B: Allocator + 'static, const RENEWED: bool> fmt::Debug for Lease<B, RENEWED> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.local().fmt(f)
    }
}

/// One of the `Allocator` traits, by that of the local arena.
macro_rules! allocator {
    ($($api:ident)::+) => {
        // SAFETY: blocks are those of the local arena.
        unsafe impl<B: Allocator + 'static, const RENEWED: bool> $($api)::+::Allocator
            for Lease<B, RENEWED>
        {
            fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, $($api)::+::AllocError> {
                $($api)::+::Allocator::allocate(self.local(), layout)
            }

            fn allocate_zeroed(
                &self,
                layout: Layout,
            ) -> Result<NonNull<[u8]>, $($api)::+::AllocError> {
                $($api)::+::Allocator::allocate_zeroed(self.local(), layout)
            }

            unsafe fn deallocate(&self, start: NonNull<u8>, layout: Layout) {
                // SAFETY: the caller's promise.
                unsafe { $($api)::+::Allocator::deallocate(self.local(), start, layout) }
            }

            unsafe fn grow(
                &self,
                start: NonNull<u8>,
                from: Layout,
                to: Layout,
            ) -> Result<NonNull<[u8]>, $($api)::+::AllocError> {
                // SAFETY: the caller's promise.
                unsafe { $($api)::+::Allocator::grow(self.local(), start, from, to) }
            }

            unsafe fn grow_zeroed(
                &self,
                start: NonNull<u8>,
                from: Layout,
                to: Layout,
            ) -> Result<NonNull<[u8]>, $($api)::+::AllocError> {
                // SAFETY: the caller's promise.
                unsafe { $($api)::+::Allocator::grow_zeroed(self.local(), start, from, to) }
            }

            unsafe fn shrink(
                &self,
                start: NonNull<u8>,
                from: Layout,
                to: Layout,
            ) -> Result<NonNull<[u8]>, $($api)::+::AllocError> {
                // SAFETY: the caller's promise.
                unsafe { $($api)::+::Allocator::shrink(self.local(), start, from, to) }
            }
        }
    };
}

allocator!(allocator_api2::alloc);
allocator!(allocator_api2_02::alloc);

// SAFETY: as the local arena.
unsafe impl<B: Allocator + 'static, const RENEWED: bool> BlinkAllocator for Lease<B, RENEWED> {
    fn reset(&mut self) {
        if RENEWED {
            return self.renew(SyncBlinkAlloc::reset);
        }
        let local = self.local.as_mut().expect("there is one outside of resets");
        local.reset();
    }

    fn allocate_fast(&self, layout: Layout) -> Option<NonNull<u8>> {
        self.local().allocate_fast(layout)
    }

    fn allocate_rest(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        self.local().allocate_rest(layout)
    }

    fn allocate_type<T>(&self) -> Option<NonNull<u8>> {
        self.local().allocate_type::<T>()
    }

    fn tip(&self) -> usize {
        self.local().tip()
    }

    fn room(&self, start: NonNull<u8>, layout: Layout) -> usize {
        self.local().room(start, layout)
    }
}

// SAFETY: as the local arena, which is not lent out.
unsafe impl<B: Allocator + 'static, const RENEWED: bool> Rewind for Lease<B, RENEWED> {
    type Mark = <LocalBlinkAlloc<'static, B> as Rewind>::Mark;

    fn mark(&self) -> Self::Mark {
        self.local().mark()
    }

    unsafe fn rewind(&self, mark: Self::Mark) {
        // SAFETY: the caller's promise.
        unsafe { self.local().rewind(mark) }
    }

    unsafe fn rewind_fast(&self, mark: Self::Mark) -> bool {
        // SAFETY: the caller's promise.
        unsafe { self.local().rewind_fast(mark) }
    }
}

impl<B: Allocator + 'static, const RENEWED: bool> ArenaOver<B> for Lease<B, RENEWED> {
    const NAME: &'static str = "LocalBlinkAlloc";
    const MIN: usize = 1;
    // Of the chunk, of the lease, and of the chunk of the shared arena.
    const RECORD: usize = RECORD + 16 + RECORD + 128;
    // A lease, in a chunk of its own.
    const FIRST: usize = (16 << 10) + Self::RECORD;
    const DIRECT: bool = false;
    const EXACT: bool = false;

    fn over(base: B) -> Self {
        Self::from(SyncBlinkAlloc::new_in(base))
    }

    fn allocate_inherent(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        self.local().allocate(layout)
    }

    unsafe fn free(&self, start: NonNull<u8>, size: usize) {
        // SAFETY: the caller's promise.
        unsafe { self.local().deallocate(start, size) }
    }

    unsafe fn resize(
        &self,
        start: NonNull<u8>,
        from: Layout,
        to: Layout,
    ) -> Result<NonNull<[u8]>, AllocError> {
        // SAFETY: the caller's promise.
        unsafe { self.local().resize(start, from, to) }
    }

    unsafe fn reset_unchecked(&self) {
        // SAFETY: the caller's promise.
        unsafe { self.local().reset_unchecked() }
    }

    fn inner(&self) -> &B {
        self.shared().inner()
    }

    fn into_inner(mut self) -> B {
        self.local = None;
        let shared = self.shared;
        mem::forget(self);
        // SAFETY: from a `Box`, and its borrow has ended.
        let shared = unsafe { Box::from_raw(shared.as_ptr()) };
        shared.into_inner()
    }

    fn reserve(&self, additional: usize) {
        self.local().reserve(additional);
    }

    fn try_reserve(&self, additional: usize) -> Result<(), AllocError> {
        self.local().try_reserve(additional)
    }

    fn reset_to(&mut self, bytes: usize) {
        self.renew(|shared| {
            shared.reset_to(bytes);
            assert!(shared.total_capacity() <= bytes);
        });
    }

    fn reset_final(&mut self) {
        self.renew(SyncBlinkAlloc::reset_final);
    }

    fn allocated_bytes(&self) -> usize {
        self.local().allocated_bytes()
    }

    fn total_capacity(&self) -> usize {
        self.local().total_capacity()
    }

    fn stats(&self) -> Stats {
        self.local().stats()
    }

    fn limit(&self) -> Option<usize> {
        self.shared().limit()
    }

    fn set_limit(&self, limit: Option<usize>) {
        self.shared().set_limit(limit);
    }
}
