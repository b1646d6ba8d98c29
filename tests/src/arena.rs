//! The arenas by one trait, so that a test is written once and runs over each of them.

use core::{alloc::Layout, fmt::Debug, ptr::NonNull};

use allocator_api2::alloc::{AllocError, Allocator};
use blink_alloc::{BlinkAlloc, Rewind, Stats, SyncBlinkAlloc};

pub use self::lease::{Leased, Renewed};
use crate::{RECORD, base::Base};

mod lease;

/// An arena over `B`. The methods are those of the library, of the same names.
#[expect(missing_docs, reason = "those of the library")]
pub trait ArenaOver<B: Allocator>: Rewind + Debug + Sized {
    /// The name of its type.
    const NAME: &'static str;
    /// Blocks take multiples of as many bytes.
    const MIN: usize;
    /// Bytes that the first block of an arena costs beside its own.
    const RECORD: usize;
    /// Bytes of the first chunk, if nothing else is said.
    const FIRST: usize;
    /// Whether it takes its chunks from the base allocator itself.
    const DIRECT: bool = true;
    /// Whether [`go_back`](Self::go_back) goes to the very place of the mark, and not to one near
    /// it as frames do.
    const EXACT: bool = true;

    /// One like those that `new_in` makes.
    fn over(base: B) -> Self;

    /// Allocates by the method of the arena, and not of the trait.
    fn allocate_inherent(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError>;

    /// Frees by the method of the arena.
    ///
    /// # Safety
    ///
    /// As that of the library.
    unsafe fn free(&self, start: NonNull<u8>, size: usize);

    /// # Safety
    ///
    /// As that of the library.
    unsafe fn resize(
        &self,
        start: NonNull<u8>,
        from: Layout,
        to: Layout,
    ) -> Result<NonNull<[u8]>, AllocError>;

    /// # Safety
    ///
    /// As that of the library.
    unsafe fn reset_unchecked(&self);

    /// The `rewind` of the arena, where it has one, and otherwise that of the trait.
    ///
    /// # Safety
    ///
    /// As that of the library.
    unsafe fn go_back(&self, mark: Self::Mark) {
        // SAFETY: the caller's promise.
        unsafe { self.rewind(mark) }
    }

    fn inner(&self) -> &B;
    fn into_inner(self) -> B;
    fn reserve(&self, additional: usize);
    fn try_reserve(&self, additional: usize) -> Result<(), AllocError>;
    fn reset_to(&mut self, bytes: usize);
    fn reset_final(&mut self);
    fn allocated_bytes(&self) -> usize;
    fn total_capacity(&self) -> usize;
    fn stats(&self) -> Stats;
    fn limit(&self) -> Option<usize>;
    fn set_limit(&self, limit: Option<usize>);
}

/// An arena over the base allocator of most tests.
pub trait Arena: ArenaOver<Base> {
    /// Another one, over a base allocator of the same shape.
    #[must_use]
    fn again(&self) -> Self {
        Self::over(self.inner().again())
    }

    /// Bytes that it holds: of the base allocator, or of the shared arena that it leases from.
    fn committed(&self) -> usize {
        if Self::DIRECT {
            return self.inner().live();
        }
        let stats = self.stats();
        // The records of each chunk and of the lease that it is.
        stats.capacity() + stats.chunks() * (RECORD + 16)
    }

    /// The calls of the base allocator so far, of an arena that calls it itself. For the others
    /// the numbers of chunks have to say it.
    fn own_calls(&self) -> usize {
        if Self::DIRECT {
            self.inner().calls()
        } else {
            0
        }
    }
}

impl<A: ArenaOver<Base>> Arena for A {}

/// Implements the methods by those of the arena of the same names.
macro_rules! methods {
    ($arena:ident) => {
        fn allocate_inherent(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
            $arena::allocate(self, layout)
        }

        unsafe fn free(&self, start: NonNull<u8>, size: usize) {
            // SAFETY: the caller's promise.
            unsafe { $arena::deallocate(self, start, size) }
        }

        unsafe fn resize(
            &self,
            start: NonNull<u8>,
            from: Layout,
            to: Layout,
        ) -> Result<NonNull<[u8]>, AllocError> {
            // SAFETY: the caller's promise.
            unsafe { $arena::resize(self, start, from, to) }
        }

        unsafe fn reset_unchecked(&self) {
            // SAFETY: the caller's promise.
            unsafe { $arena::reset_unchecked(self) }
        }

        fn inner(&self) -> &B {
            $arena::inner(self)
        }

        fn into_inner(self) -> B {
            $arena::into_inner(self)
        }

        fn reserve(&self, additional: usize) {
            $arena::reserve(self, additional);
        }

        fn try_reserve(&self, additional: usize) -> Result<(), AllocError> {
            $arena::try_reserve(self, additional)
        }

        fn reset_to(&mut self, bytes: usize) {
            $arena::reset_to(self, bytes);
        }

        fn reset_final(&mut self) {
            $arena::reset_final(self);
        }

        fn allocated_bytes(&self) -> usize {
            $arena::allocated_bytes(self)
        }

        fn total_capacity(&self) -> usize {
            $arena::total_capacity(self)
        }

        fn stats(&self) -> Stats {
            $arena::stats(self)
        }

        fn limit(&self) -> Option<usize> {
            $arena::limit(self)
        }

        fn set_limit(&self, limit: Option<usize>) {
            $arena::set_limit(self, limit);
        }
    };
}

impl<B: Allocator, const MIN: usize> ArenaOver<B> for BlinkAlloc<B, MIN> {
    const NAME: &'static str = "BlinkAlloc";
    const MIN: usize = MIN;
    const RECORD: usize = RECORD;
    const FIRST: usize = 512;

    fn over(base: B) -> Self {
        Self::with_min_align_in(base)
    }

    unsafe fn go_back(&self, mark: Self::Mark) {
        // SAFETY: the caller's promise.
        unsafe { Self::rewind(self, mark) }
    }

    methods!(BlinkAlloc);
}

impl<B: Allocator> ArenaOver<B> for SyncBlinkAlloc<B> {
    const NAME: &'static str = "SyncBlinkAlloc";
    const MIN: usize = 8;
    const RECORD: usize = RECORD + 128;
    const FIRST: usize = 4096;

    fn over(base: B) -> Self {
        Self::new_in(base)
    }

    methods!(SyncBlinkAlloc);
}
