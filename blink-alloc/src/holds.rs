//! Which threads an adaptor is for, and so which values it may hold (I7).
//!
//! An adaptor drops its values in the thread where it is. One that stays in its thread holds
//! any value, one that may be sent or shared holds values that may be sent. This is decided by a
//! type parameter, so that the methods are written once. The third mode, `Shared`, is in
//! `sync_blink`.

/// The mode of an adaptor that stays in its thread.
#[derive(Debug)]
pub enum Local {}

/// The mode of an adaptor that may be sent to another thread, see
/// [`SendBlink`](crate::SendBlink).
#[derive(Debug)]
pub enum Sendable {}

/// Which threads an adaptor is for: the three modes, [`Local`], [`Sendable`] and
/// [`Shared`](crate::Shared).
///
/// The bound of code that takes an adaptor of any mode, and puts nothing to be dropped. (Code
/// that does asks for [`Holds`].)
///
/// # Examples
///
/// ```
/// use blink_alloc::{Blink, Frame, Rewind, SendBlink, Sharing};
///
/// /// How many different letters there are.
/// fn letters<A: Rewind, M: Sharing>(frame: &mut Frame<'_, A, M>, text: &str) -> usize {
///     frame.scope(|frame| {
///         let letters = frame.emplace_no_drop().from_iter(text.chars());
///         letters.sort();
///         letters.chunk_by(|a, b| a == b).count()
///     })
/// }
///
/// let mut local = Blink::new();
/// let mut sendable = SendBlink::new(Blink::new());
/// assert_eq!(letters(&mut local.as_frame(), "hello"), 4);
/// assert_eq!(letters(&mut sendable.as_frame(), "goodbye"), 6);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a mode of an adaptor",
    label = "not `Local`, `Sendable` or `Shared`",
    note = "code that is generic over the mode asks for `{Self}: Sharing`"
)]
pub trait Sharing: sealed::Sharing {}

impl Sharing for Local {}
impl Sharing for Sendable {}

/// Says that an adaptor may hold values of type `T` and drop them: a [`Local`] one any, a
/// [`Sendable`] or a [`Shared`](crate::Shared) one those that are `Send`.
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
pub trait Holds<T: ?Sized>: Sharing + sealed::Holds<T> {}

impl<T: ?Sized> Holds<T> for Local {}
impl<T: ?Sized + Send> Holds<T> for Sendable {}

pub(crate) mod sealed {
    use crate::drop_list::{Head, OneThread};

    /// Implemented here alone: `Blink` is `Send` and `Sync` by the modes that there are.
    pub trait Sharing {
        /// How the list of destructors begins.
        type Head: Head;
    }

    impl Sharing for super::Local {
        type Head = OneThread;
    }

    impl Sharing for super::Sendable {
        type Head = OneThread;
    }

    /// Implemented here alone. Were it open, a user could let `Sendable` hold a type of their
    /// own that must not be sent.
    pub trait Holds<T: ?Sized> {}

    impl<T: ?Sized> Holds<T> for super::Local {}
    impl<T: ?Sized + Send> Holds<T> for super::Sendable {}
}
