//! Strings.

use crate::clone::{BlinkClone, BlinkCloneRef, Cloner};

#[cfg(feature = "alloc")]
use alloc::string::String;

/// Implements the traits for an unsized string: itself, by reference.
macro_rules! unsized_string {
    ($type:ty, $copy:expr) => {
        impl<'blink> BlinkCloneRef<'blink> for $type {
            type Target = $type;

            #[inline]
            fn blink_clone_ref<C: Cloner<'blink>>(
                &self,
                cx: &mut C,
            ) -> Result<&'blink $type, C::Error> {
                let copy: fn(&$type, &mut C) -> Result<&'blink $type, C::Error> = $copy;
                copy(self, cx)
            }
        }

        impl<'blink> BlinkClone<'blink> for $type {
            type Cloned = &'blink $type;

            #[inline]
            fn blink_clone<C: Cloner<'blink>>(
                &self,
                cx: &mut C,
            ) -> Result<&'blink $type, C::Error> {
                self.blink_clone_ref(cx)
            }
        }
    };
}

/// Implements the trait for an owned string: what it derefs to.
#[cfg(feature = "alloc")]
macro_rules! owned_string {
    ($owned:ty, $type:ty) => {
        impl<'blink> BlinkClone<'blink> for $owned {
            type Cloned = &'blink $type;

            #[inline]
            fn blink_clone<C: Cloner<'blink>>(
                &self,
                cx: &mut C,
            ) -> Result<&'blink $type, C::Error> {
                <$type>::blink_clone_ref(self, cx)
            }
        }
    };
}

unsized_string!(str, |string, cx| Ok(cx.str(string)?));
#[cfg(feature = "alloc")]
owned_string!(String, str);
