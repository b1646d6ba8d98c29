//! The items of a vector on their way out.
//!
//! Our own, although the vector is not: the iterator of allocator-api2 0.4.0 miscounts items
//! without bytes from the back, and drops them at an address that is not aligned.

use core::{fmt, iter::FusedIterator, mem, ops::Range, ptr, slice};

use allocator_api2::{alloc::Allocator, vec::Vec};

/// The items of a [`BlinkVec`](crate::BlinkVec), by value. Those that are left are dropped with the
/// iterator.
pub struct IntoItems<T, H: Allocator> {
    /// The block. The length is zero, so that it drops no item.
    room: Vec<T, H>,
    /// Invariant: the items of these indices are initialized, and ours.
    left: Range<usize>,
}

impl<T, H: Allocator> IntoItems<T, H> {
    pub(super) fn new(mut items: Vec<T, H>) -> Self {
        let left = 0..items.len();
        // SAFETY: no item is claimed to be initialized.
        unsafe { items.set_len(0) };
        Self { room: items, left }
    }

    /// The items that are left.
    pub fn as_slice(&self) -> &[T] {
        // SAFETY: within the block, or at its end.
        let first = unsafe { self.room.as_ptr().add(self.left.start) };
        // SAFETY: the invariant of `left`.
        unsafe { slice::from_raw_parts(first, self.left.len()) }
    }

    /// The items that are left, to be changed.
    pub fn as_mut_slice(&mut self) -> &mut [T] {
        // SAFETY: within the block, or at its end.
        let first = unsafe { self.room.as_mut_ptr().add(self.left.start) };
        // SAFETY: the invariant of `left`.
        unsafe { slice::from_raw_parts_mut(first, self.left.len()) }
    }

    /// # Safety
    ///
    /// The index has just been taken from `left`.
    #[inline]
    unsafe fn take(&mut self, index: usize) -> T {
        // SAFETY: within the block.
        let item = unsafe { self.room.as_ptr().add(index) };
        // SAFETY: initialized, and nobody else's from now on.
        unsafe { item.read() }
    }
}

impl<T, H: Allocator> Iterator for IntoItems<T, H> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        let index = self.left.next()?;
        // SAFETY: taken just now.
        Some(unsafe { self.take(index) })
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.left.size_hint()
    }
}

impl<T, H: Allocator> DoubleEndedIterator for IntoItems<T, H> {
    #[inline]
    fn next_back(&mut self) -> Option<T> {
        let index = self.left.next_back()?;
        // SAFETY: taken just now.
        Some(unsafe { self.take(index) })
    }
}

impl<T, H: Allocator> ExactSizeIterator for IntoItems<T, H> {}

impl<T, H: Allocator> FusedIterator for IntoItems<T, H> {}

impl<T: fmt::Debug, H: Allocator> fmt::Debug for IntoItems<T, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IntoItems").field(&self.as_slice()).finish()
    }
}

impl<T, H: Allocator> AsRef<[T]> for IntoItems<T, H> {
    fn as_ref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T, H: Allocator> Drop for IntoItems<T, H> {
    fn drop(&mut self) {
        if mem::needs_drop::<T>() {
            let left: *mut [T] = self.as_mut_slice();
            // The block goes back as a field, even if an item panics.
            // SAFETY: the invariant of `left`, which is not used afterwards.
            unsafe { ptr::drop_in_place(left) };
        }
    }
}
