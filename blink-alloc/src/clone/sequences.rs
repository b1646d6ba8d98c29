//! Slices, arrays, and the collections that become slices.

use core::mem::MaybeUninit;

use crate::clone::{BlinkClone, BlinkCloneRef, Cloner};

#[cfg(feature = "alloc")]
use {
    crate::vec::BlinkVec,
    alloc::{
        collections::{BinaryHeap, LinkedList, VecDeque},
        vec::Vec,
    },
    allocator_api2::{alloc::Allocator, vec},
};

impl<'blink, T: BlinkClone<'blink>> BlinkClone<'blink> for [T] {
    type Cloned = &'blink [T::Cloned];

    #[inline]
    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        self.blink_clone_ref(cx)
    }
}

impl<'blink, T: BlinkClone<'blink>, const N: usize> BlinkClone<'blink> for [T; N] {
    type Cloned = [T::Cloned; N];

    #[inline]
    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        let mut items = [const { MaybeUninit::uninit() }; N];
        for (place, item) in items.iter_mut().zip(self) {
            place.write(item.blink_clone(cx)?);
        }
        // SAFETY: all were written, each as what it is (I4): both arrays have the same length.
        Ok(items.map(|item| unsafe { item.assume_init() }))
    }
}

/// Implements the trait for a collection, of which the items are copied by this function.
#[cfg(feature = "alloc")]
macro_rules! collection {
    ($(#[$doc:meta])* $type:ty $(where $parameter:ident: $bound:ident)?, $copy:expr) => {
        $(#[$doc])*
        impl<'blink, T: BlinkClone<'blink> $(, $parameter: $bound)?> BlinkClone<'blink> for $type {
            type Cloned = &'blink [T::Cloned];

            #[inline]
            fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
                let copy: fn(&Self, &mut C) -> Result<Self::Cloned, C::Error> = $copy;
                copy(self, cx)
            }
        }
    };
}

#[cfg(feature = "alloc")]
collection!(Vec<T>, |items, cx| T::blink_clone_slice(items, cx));
#[cfg(feature = "alloc")]
collection!(vec::Vec<T, A> where A: Allocator, |items, cx| T::blink_clone_slice(items, cx));
#[cfg(feature = "alloc")]
collection!(BlinkVec<T, H> where H: Allocator, |items, cx| T::blink_clone_slice(items, cx));
#[cfg(feature = "alloc")]
collection!(
    /// The items in the order in which they lie in the heap: the greatest of the originals is
    /// first, and the rest in no order that anything is said of.
    BinaryHeap<T>, |items, cx| T::blink_clone_slice(items.as_slice(), cx)
);
#[cfg(feature = "alloc")]
collection!(LinkedList<T>, |items, cx| {
    Ok(cx.slice_with(items, |cx, item| item.blink_clone(cx))?)
});
#[cfg(feature = "alloc")]
collection!(VecDeque<T>, |items, cx| match items.as_slices() {
    (items, []) => T::blink_clone_slice(items, cx),
    _ => Ok(cx.slice_with(items, |cx, item| item.blink_clone(cx))?),
});
