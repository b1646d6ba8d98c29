//! Values and slices that begin as zeroes.

use zerocopy::FromZeros;

use crate::{api::BlinkAllocator, drop_list::Head, error::Mode, items::Items, place::Home};

impl<'a, A: BlinkAllocator, H: Head> Home<'a, A, H> {
    /// A slice of zeroes. They are written where they stay: a large value is never on the stack.
    pub(crate) fn zeroed<T: FromZeros + 'a, M: Mode>(
        self,
        count: usize,
    ) -> Result<&'a mut [T], M::Refused> {
        match Items::exactly(self, count, true) {
            Ok(mut items) => {
                if count > 0 {
                    // SAFETY: there is room for as many.
                    unsafe { items.zero(count) };
                }
                Ok(items.finish())
            }
            Err(failure) => Err(M::refuse(failure)),
        }
    }

    /// A value of zeroes.
    pub(crate) fn zeroed_value<T: FromZeros + 'a, M: Mode>(self) -> Result<&'a mut T, M::Refused> {
        Ok(&mut self.zeroed::<T, M>(1)?[0])
    }
}
