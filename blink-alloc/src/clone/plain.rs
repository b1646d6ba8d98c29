//! Types that become themselves, bit by bit.

use core::{marker::PhantomPinned, ops::RangeFull};

use crate::clone::{BlinkClone, Cloner};

/// Implements the trait for types that are `Copy` and hold no reference: a slice of them is one
/// copy of bytes.
macro_rules! plain {
    ($($type:ty),* $(,)?) => {$(
        impl<'blink> BlinkClone<'blink> for $type {
            type Cloned = $type;

            #[inline(always)]
            fn blink_clone<C: Cloner<'blink>>(&self, _: &mut C) -> Result<$type, C::Error> {
                Ok(*self)
            }

            #[inline(always)]
            fn blink_clone_slice<C: Cloner<'blink>>(
                source: &[$type],
                cx: &mut C,
            ) -> Result<&'blink [$type], C::Error> {
                Ok(cx.copy_slice(source)?)
            }
        }
    )*};
}

plain!(
    (),
    bool,
    char,
    u8,
    u16,
    u32,
    u64,
    u128,
    usize,
    i8,
    i16,
    i32,
    i64,
    i128,
    isize,
    f32,
    f64,
    PhantomPinned,
    RangeFull,
);
