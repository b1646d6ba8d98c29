//! Slices, arrays, and the collections that become slices.

use core::mem::MaybeUninit;

use crate::clone::{BlinkClone, BlinkCloneRef, Cloner};

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

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
        // SAFETY: all were written: both arrays have the same length.
        Ok(items.map(|item| unsafe { item.assume_init() }))
    }
}

#[cfg(feature = "alloc")]
impl<'blink, T: BlinkClone<'blink>> BlinkClone<'blink> for Vec<T> {
    type Cloned = &'blink [T::Cloned];

    #[inline]
    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        T::blink_clone_slice(self, cx)
    }
}
