//! Collections whose items can be moved out all at once.

use core::mem;

#[cfg(feature = "alloc")]
use allocator_api2::{alloc::Allocator, boxed, vec};

/// A collection that owns its items side by side: `Vec<T>`, `Box<[T]>` and `[T; N]`, with
/// feature `alloc` those of `alloc` and those of allocator-api2 over any allocator.
///
/// What [`Blink::put_slice`](crate::Blink::put_slice) takes.
pub trait OwnedSlice: sealed::OwnedSlice {}

impl<C: sealed::OwnedSlice> OwnedSlice for C {}

pub(crate) mod sealed {
    /// Implemented here alone.
    ///
    /// # Safety
    ///
    /// Once [`forget_items`](Self::forget_items) is called, also if it panics, nobody uses or
    /// drops [`items`](Self::items) any more. It uses none of them itself.
    pub unsafe trait OwnedSlice {
        /// What the collection holds.
        type Item;

        /// The items.
        fn items(&self) -> &[Self::Item];

        /// Frees the collection without dropping the items, which have moved elsewhere.
        fn forget_items(self);
    }
}

// SAFETY: an array that is forgotten does nothing.
unsafe impl<T, const N: usize> sealed::OwnedSlice for [T; N] {
    type Item = T;

    fn items(&self) -> &[T] {
        self
    }

    fn forget_items(self) {
        mem::forget(self);
    }
}

#[cfg(feature = "alloc")]
// SAFETY: a vector drops as many items as its length says, which is set before it is dropped.
unsafe impl<T> sealed::OwnedSlice for alloc::vec::Vec<T> {
    type Item = T;

    fn items(&self) -> &[T] {
        self
    }

    fn forget_items(mut self) {
        // SAFETY: no item is claimed to be initialized.
        unsafe { self.set_len(0) };
    }
}

#[cfg(feature = "alloc")]
// SAFETY: as a vector, which a boxed slice becomes.
unsafe impl<T> sealed::OwnedSlice for alloc::boxed::Box<[T]> {
    type Item = T;

    fn items(&self) -> &[T] {
        self
    }

    fn forget_items(self) {
        self.into_vec().forget_items();
    }
}

#[cfg(feature = "alloc")]
// SAFETY: a vector drops as many items as its length says, which is set before it is dropped.
unsafe impl<T, A: Allocator> sealed::OwnedSlice for vec::Vec<T, A> {
    type Item = T;

    fn items(&self) -> &[T] {
        self
    }

    fn forget_items(mut self) {
        // SAFETY: no item is claimed to be initialized.
        unsafe { self.set_len(0) };
    }
}

#[cfg(feature = "alloc")]
// SAFETY: as a vector, which a boxed slice becomes.
unsafe impl<T, A: Allocator> sealed::OwnedSlice for boxed::Box<[T], A> {
    type Item = T;

    fn items(&self) -> &[T] {
        self
    }

    fn forget_items(self) {
        self.into_vec().forget_items();
    }
}
