//! Pointers that share a value: it is copied once, and so the copy has the shape of the graph.

use alloc::{
    rc::{self, Rc},
    sync::{self, Arc},
};

use crate::clone::{BlinkClone, BlinkCloneRef, BlinkWeak, Cloner, held::Held, memo};

/// Implements the trait for a strong pointer and its weak one.
macro_rules! counted {
    ($strong:ident, $weak:path) => {
        impl<'blink, T: BlinkCloneRef<'blink> + ?Sized + 'static> BlinkClone<'blink>
            for $strong<T>
        {
            type Cloned = &'blink T::Target;

            #[inline]
            fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
                // Nobody else leads to the value.
                if $strong::strong_count(self) == 1 && $strong::weak_count(self) == 0 {
                    return T::blink_clone_ref(self, cx);
                }
                memo::shared(&**self, || Held::new($strong::clone(self)), cx)
            }
        }

        impl<'blink, T: BlinkCloneRef<'blink> + ?Sized + 'static> BlinkClone<'blink> for $weak {
            type Cloned = BlinkWeak<'blink, T::Target>;

            fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
                match self.upgrade() {
                    Some(value) => memo::weak(&*value, || Held::new($strong::clone(&value)), cx),
                    None => Ok(BlinkWeak::new()),
                }
            }
        }
    };
}

counted!(Rc, rc::Weak<T>);
counted!(Arc, sync::Weak<T>);
