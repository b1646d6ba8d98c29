//! Cells: what is in them is copied as it is now.

use core::{
    any::type_name,
    cell::{Cell, OnceCell, RefCell},
};

use crate::clone::{BlinkClone, CloneError, Cloner};

impl<'blink, T: BlinkClone<'blink> + Copy> BlinkClone<'blink> for Cell<T> {
    type Cloned = Cell<T::Cloned>;

    #[inline]
    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        Ok(Cell::new(self.get().blink_clone(cx)?))
    }
}

impl<'blink, T: BlinkClone<'blink>> BlinkClone<'blink> for RefCell<T> {
    type Cloned = RefCell<T::Cloned>;

    #[inline]
    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        match self.try_borrow() {
            Ok(value) => Ok(RefCell::new(value.blink_clone(cx)?)),
            Err(_) => Err(cx.fail(CloneError::Borrowed(type_name::<T>()))),
        }
    }
}

impl<'blink, T: BlinkClone<'blink>> BlinkClone<'blink> for OnceCell<T> {
    type Cloned = OnceCell<T::Cloned>;

    #[inline]
    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        Ok(match self.get() {
            Some(value) => OnceCell::from(value.blink_clone(cx)?),
            None => OnceCell::new(),
        })
    }
}
