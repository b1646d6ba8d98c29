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
    message = "`{T}` cannot be sent between threads, and the adaptor that would hold it can",
    label = "a `{T}` would be dropped wherever the adaptor is then",
    note = "use a `Blink`, which stays in its thread, or `put_no_drop`"
)]
pub trait Holds<T: ?Sized>: sealed::Holds<T> {}

impl<M: sealed::Holds<T>, T: ?Sized> Holds<T> for M {}

mod sealed {
    /// Implemented here alone. Were it open, a user could let `Sendable` hold a type of their
    /// own that must not be sent.
    pub trait Holds<T: ?Sized> {}

    impl<T: ?Sized> Holds<T> for super::Local {}
    impl<T: ?Sized + Send> Holds<T> for super::Sendable {}
}
