//! Locks: what is in them is copied while they are locked, and the copy is without a lock.

use core::any::type_name;
use std::sync::{Mutex, OnceLock, RwLock};

use crate::clone::{BlinkClone, CloneError, Cloner};

/// Implements the trait for a lock: what is in it.
macro_rules! lock {
    ($(#[$doc:meta])* $lock:ident.$method:ident()) => {
        /// What is in the lock, which is held while it is copied.
        ///
        /// A value that leads to the lock that it is in waits for itself, as does a copy in a
        /// thread that holds the lock already.
        $(#[$doc])*
        impl<'blink, T: BlinkClone<'blink>> BlinkClone<'blink> for $lock<T> {
            type Cloned = T::Cloned;

            #[inline]
            fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
                match self.$method() {
                    Ok(value) => value.blink_clone(cx),
                    Err(_) => Err(cx.fail(CloneError::Poisoned(type_name::<T>()))),
                }
            }
        }
    };
}

lock!(
    /// A copy that panics meanwhile poisons it.
    Mutex.lock()
);
lock!(RwLock.read());

/// What is in it, if it is there already.
impl<'blink, T: BlinkClone<'blink>> BlinkClone<'blink> for OnceLock<T> {
    type Cloned = Option<T::Cloned>;

    #[inline]
    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        Ok(match self.get() {
            Some(value) => Some(value.blink_clone(cx)?),
            None => None,
        })
    }
}
