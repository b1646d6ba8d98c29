//! Which values an adaptor may hold (I7).
//!
//! An adaptor drops its values in the thread where it is. One that stays in its thread holds
//! any value, one that may be sent holds values that may be sent. This is decided by a type
//! parameter, so that the methods are written once.

/// The mode of an adaptor that stays in its thread.
#[derive(Debug)]
pub enum Local {}

/// The mode of an adaptor that may be sent to another thread, see
/// [`SendBlink`](crate::SendBlink).
#[derive(Debug)]
pub enum Sendable {}

/// Says that an adaptor may hold values of type `T` and drop them: a [`Local`] one any, a
/// [`Sendable`] one those that are `Send`.
///
/// ```compile_fail,E0277
/// # use blink_alloc::{Blink, SendBlink};
/// let blink = SendBlink::new(Blink::new());
/// blink.put(std::rc::Rc::new(1));
/// ```
#[diagnostic::on_unimplemented(
    message = "an adaptor of the mode `{Self}` may not hold a `{T}`",
    label = "it would have to drop a `{T}`",
    note = "code that is generic over the mode asks for `{Self}: Holds<{T}>`"
)]
pub trait Holds<T: ?Sized>: sealed::Holds<T> {}

impl<T: ?Sized> Holds<T> for Local {}
impl<T: ?Sized + Send> Holds<T> for Sendable {}

mod sealed {
    /// Implemented here alone. Were it open, a user could let `Sendable` hold a type of their
    /// own that must not be sent.
    pub trait Holds<T: ?Sized> {}

    impl<T: ?Sized> Holds<T> for super::Local {}
    impl<T: ?Sized + Send> Holds<T> for super::Sendable {}
}
