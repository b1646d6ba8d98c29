//! Ranges: the same kind of range, between copies of the bounds.

use core::ops::{Range, RangeFrom, RangeInclusive, RangeTo, RangeToInclusive};

use crate::clone::{BlinkClone, Cloner};

/// Implements the trait for a range with these fields.
macro_rules! ranges {
    ($($range:ident { $($field:ident),* })*) => {$(
        impl<'blink, T: BlinkClone<'blink>> BlinkClone<'blink> for $range<T> {
            type Cloned = $range<T::Cloned>;

            #[inline]
            fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
                Ok($range { $($field: self.$field.blink_clone(cx)?),* })
            }
        }
    )*};
}

ranges! {
    Range { start, end }
    RangeFrom { start }
    RangeTo { end }
    RangeToInclusive { end }
}

/// The range between copies of its two bounds. Of one that has been iterated to its end nothing
/// but the bounds is known: its copy has the last item once more.
impl<'blink, T: BlinkClone<'blink>> BlinkClone<'blink> for RangeInclusive<T> {
    type Cloned = RangeInclusive<T::Cloned>;

    #[inline]
    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        let start = self.start().blink_clone(cx)?;
        Ok(start..=self.end().blink_clone(cx)?)
    }
}
