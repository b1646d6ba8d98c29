//! Pointers that own or borrow one value: each is followed, and a value that two references lead
//! to is copied twice.

use core::pin::Pin;

use crate::clone::{BlinkClone, BlinkCloneRef, Cloner};

#[cfg(feature = "alloc")]
use {
    alloc::{
        borrow::{Cow, ToOwned},
        boxed::Box,
    },
    allocator_api2::{alloc::Allocator, boxed},
};

/// Implements the trait for a pointer: a reference to the copy of what is behind it.
macro_rules! pointer {
    ($pointer:ty $(where $parameter:ident: $bound:ident)?) => {
        impl<'blink, T: BlinkCloneRef<'blink> + ?Sized $(, $parameter: $bound)?> BlinkClone<'blink>
            for $pointer
        {
            type Cloned = &'blink T::Target;

            #[inline]
            fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
                T::blink_clone_ref(self, cx)
            }
        }
    };
}

pointer!(&T);
pointer!(Pin<&T>);
#[cfg(feature = "alloc")]
pointer!(Box<T>);
#[cfg(feature = "alloc")]
pointer!(Pin<Box<T>>);
#[cfg(feature = "alloc")]
pointer!(boxed::Box<T, A> where A: Allocator);

#[cfg(feature = "alloc")]
impl<'blink, T: BlinkCloneRef<'blink> + ToOwned + ?Sized> BlinkClone<'blink> for Cow<'_, T> {
    type Cloned = &'blink T::Target;

    #[inline]
    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        T::blink_clone_ref(self, cx)
    }
}
