//! Collections whose items can be moved out all at once.

use core::mem;

#[cfg(feature = "alloc")]
use allocator_api2::{alloc::Allocator, boxed, vec};

/// A collection that owns its items side by side: `Vec<T>`, `Box<[T]>` and `[T; N]`, with
/// feature `alloc` those of `alloc` and those of allocator-api2 over any allocator.
///
/// What [`Blink::put_slice`](crate::Blink::put_slice) takes.
pub trait OwnedSlice: sealed::Moves<Of = <Self as OwnedSlice>::Item> {
    /// What the collection holds.
    type Item;
}

impl<C: sealed::Moves> OwnedSlice for C {
    type Item = C::Of;
}

pub(crate) mod sealed {
    /// Implemented here alone.
    ///
    /// # Safety
    ///
    /// [`items`](Self::items) returns the same slice each time. Once
    /// [`forget_items`](Self::forget_items) is called, also if it panics, nobody uses or drops
    /// them any more; it uses none of them itself.
    #[diagnostic::on_unimplemented(
        message = "the items of `{Self}` cannot be moved out at once",
        label = "not a vector, a boxed slice or an array",
        note = "what can be iterated goes in by `fill_iter`, a reference by `clone_slice`"
    )]
    pub unsafe trait Moves {
        /// What the collection holds.
        type Of;

        /// The items.
        fn items(&self) -> &[Self::Of];

        /// Frees the collection without dropping the items, which have moved elsewhere.
        fn forget_items(self);
    }
}

// SAFETY: an array that is forgotten does nothing.
unsafe impl<T, const N: usize> sealed::Moves for [T; N] {
    type Of = T;

    fn items(&self) -> &[T] {
        self
    }

    fn forget_items(self) {
        mem::forget(self);
    }
}

#[cfg(feature = "alloc")]
// SAFETY: a vector drops as many items as its length says, which is set before it is dropped.
unsafe impl<T> sealed::Moves for alloc::vec::Vec<T> {
    type Of = T;

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
unsafe impl<T> sealed::Moves for alloc::boxed::Box<[T]> {
    type Of = T;

    fn items(&self) -> &[T] {
        self
    }

    fn forget_items(self) {
        self.into_vec().forget_items();
    }
}

#[cfg(feature = "alloc")]
// SAFETY: a vector drops as many items as its length says, which is set before it is dropped.
unsafe impl<T, A: Allocator> sealed::Moves for vec::Vec<T, A> {
    type Of = T;

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
unsafe impl<T, A: Allocator> sealed::Moves for boxed::Box<[T], A> {
    type Of = T;

    fn items(&self) -> &[T] {
        self
    }

    fn forget_items(self) {
        self.into_vec().forget_items();
    }
}
