//! What the expansions of the macros call. Not for anybody else.
//!
//! Nothing here is unsafe to call: `crate = path` can lead an expansion to anything that has the
//! same name.

use crate::clone::{BlinkClone, Cloner};
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

/// Says of the type of a field that it can be copied.
///
/// A bound on the type itself would hide what its copy is, for all fields, since the name of a
/// type may be an alias. A bound on this hides nothing else.
pub trait FieldOf<'blink, T> {
    /// The copy.
    type Cloned: 'blink;

    /// Copies the field.
    ///
    /// # Errors
    ///
    /// Those of the cloner.
    fn clone_field<C: Cloner<'blink>>(value: &T, cx: &mut C) -> Result<Self::Cloned, C::Error>;
}

/// What has [`FieldOf`].
#[derive(Debug)]
pub struct Field;

impl<'blink, T: BlinkClone<'blink>> FieldOf<'blink, T> for Field {
    type Cloned = T::Cloned;

    #[inline(always)]
    fn clone_field<C: Cloner<'blink>>(value: &T, cx: &mut C) -> Result<T::Cloned, C::Error> {
        value.blink_clone(cx)
    }
}

/// The copy of a field with `#[blink(as = <type>)]`.
///
/// # Errors
///
/// Those of the cloner.
#[inline(always)]
pub fn cloned<'blink, T, U, C>(value: &T, cx: &mut C) -> Result<U, C::Error>
where
    T: BlinkClone<'blink, Cloned = U>,
    C: Cloner<'blink>,
{
    value.blink_clone(cx)
}

/// What a function has made, of the type that was said: `#[blink(as = <type>, with = <function>)]`.
#[inline(always)]
pub fn made<T>(value: T) -> T {
    value
}

/// The value of a field with `#[blink(copy)]`.
#[inline(always)]
pub fn copied<T: Copy>(value: &T) -> T {
    *value
}
