//! Pointers that own or borrow one value: each is followed, and a value that two references lead
//! to is copied twice.

use crate::clone::{BlinkClone, BlinkCloneRef, Cloner};

#[cfg(feature = "alloc")]
use alloc::boxed::Box;

impl<'blink, T: BlinkCloneRef<'blink> + ?Sized> BlinkClone<'blink> for &T {
    type Cloned = &'blink T::Target;

    #[inline]
    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        T::blink_clone_ref(self, cx)
    }
}

#[cfg(feature = "alloc")]
impl<'blink, T: BlinkCloneRef<'blink> + ?Sized> BlinkClone<'blink> for Box<T> {
    type Cloned = &'blink T::Target;

    #[inline]
    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        T::blink_clone_ref(self, cx)
    }
}
