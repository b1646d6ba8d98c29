//! What the expansions of the macros call. Not for anybody else.
//!
//! Nothing here is unsafe to call: `crate = path` can lead an expansion to anything that has the
//! same name.

use crate::clone::Cloner;
pub use crate::clone::{BlinkCloneRef, HasherOf};
#[cfg(feature = "std")]
pub use crate::scratch::scratch;

/// What a derived `BlinkClone` does, for a type with fields of other types: these have bounds
/// here.
pub trait Fields<'blink> {
    /// The copy.
    type Cloned: 'blink;

    /// Copies the fields.
    ///
    /// # Errors
    ///
    /// Those of the cloner.
    fn clone_fields<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error>;
}

/// The value of a field with `#[blink(copy)]`.
#[inline(always)]
pub fn copied<T: Copy>(value: &T) -> T {
    *value
}
