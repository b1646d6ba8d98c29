//! Atomic values: a new one, with the value of this moment.

use core::sync::atomic::{self, Ordering};

use crate::clone::{BlinkClone, Cloner};

/// Implements the trait for atomic types, where the target has them.
macro_rules! atomics {
    ($($width:literal: $($type:ident)*;)*) => {$($(
        #[cfg(target_has_atomic = $width)]
        impl<'blink> BlinkClone<'blink> for atomic::$type {
            type Cloned = atomic::$type;

            /// An acquire load: what is copied after it is not older than what the thread that
            /// stored the value had written before.
            #[inline]
            fn blink_clone<C: Cloner<'blink>>(&self, _: &mut C) -> Result<Self::Cloned, C::Error> {
                Ok(atomic::$type::new(self.load(Ordering::Acquire)))
            }
        }
    )*)*};
}

atomics! {
    "8": AtomicBool AtomicU8 AtomicI8;
    "16": AtomicU16 AtomicI16;
    "32": AtomicU32 AtomicI32;
    "64": AtomicU64 AtomicI64;
    "ptr": AtomicUsize AtomicIsize;
}
