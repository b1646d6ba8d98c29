//! What the expansions of the macros call. Not for anybody else.
//!
//! Nothing here is unsafe to call: `crate = path` can lead an expansion to anything that has the
//! same name.

#[cfg(feature = "std")]
pub use crate::scratch::scratch;

pub use crate::clone::BlinkCloneRef;

/// The value of a field with `#[blink(copy)]`.
#[inline(always)]
pub fn copied<T: Copy>(value: &T) -> T {
    *value
}
