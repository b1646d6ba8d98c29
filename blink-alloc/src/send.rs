//! The typed adaptor that may be sent to another thread.

use core::ops::{Deref, DerefMut};

use crate::{
    api::BlinkAllocator, base::Global, blink::Blink, drop_list::DropList, holds::Sendable,
    local::BlinkAlloc,
};

/// A [`Blink`] that may be sent to another thread, with all that it holds.
///
/// It has the methods of a `Blink`, those that put a value to be dropped for `T: Send` only.
/// What is never dropped need not be `Send`: references to it end before the adaptor is sent.
/// ([`IteratorExt`](crate::IteratorExt) is for `Blink`, with the signatures that were
/// published; [`fill_iter`](Blink::fill_iter) does the same.)
///
/// # Examples
///
/// ```
/// # #[cfg(feature = "alloc")] {
/// use blink_alloc::{Blink, SendBlink};
///
/// let mut blink = SendBlink::new(Blink::new());
/// blink.put(vec![1, 2, 3]);
/// let worker = std::thread::spawn(move || {
///     blink.reset(); // drops the vector here
///     assert_eq!(*blink.put(42), 42);
///     blink
/// });
/// let blink: Blink = worker.join().unwrap().into_inner();
/// # }
/// ```
///
/// Values that are bound to their thread do not go in:
///
/// ```compile_fail,E0277
/// # use blink_alloc::{Blink, SendBlink};
/// let blink = SendBlink::new(Blink::new());
/// blink.put(std::rc::Rc::new(1));
/// ```
#[derive(Debug)]
pub struct SendBlink<A = BlinkAlloc<Global>> {
    blink: Blink<A, Sendable>,
}

impl<A> SendBlink<A> {
    /// An empty adaptor over an arena, as [`Blink::new_in`].
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(feature = "alloc")] {
    /// use blink_alloc::{BlinkAlloc, SendBlink};
    ///
    /// let blink = SendBlink::new_in(BlinkAlloc::new());
    /// std::thread::spawn(move || assert_eq!(*blink.put(42), 42)).join().unwrap();
    /// # }
    /// ```
    #[inline(always)]
    pub const fn new_in(alloc: A) -> Self {
        Self {
            blink: Blink::with_list(alloc, DropList::one_thread()),
        }
    }
}

impl<A: BlinkAllocator> SendBlink<A> {
    /// Resets the adaptor, since it may hold values that must not be sent, and makes it one
    /// that may be sent.
    ///
    /// # Panics
    ///
    /// When a destructor does, as [`Blink::reset`].
    #[inline]
    pub fn new(mut blink: Blink<A>) -> Self {
        blink.reset();
        // SAFETY: it holds nothing.
        let blink = unsafe { blink.into_mode() };
        Self { blink }
    }

    /// The adaptor as one that stays in its thread. What it holds stays in it.
    #[inline]
    pub fn into_inner(self) -> Blink<A> {
        // SAFETY: one that stays in its thread may hold any values.
        unsafe { self.blink.into_mode() }
    }
}

impl<A> Deref for SendBlink<A> {
    type Target = Blink<A, Sendable>;

    #[inline(always)]
    fn deref(&self) -> &Self::Target {
        &self.blink
    }
}

impl<A> DerefMut for SendBlink<A> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.blink
    }
}

impl<A: Default> Default for SendBlink<A> {
    fn default() -> Self {
        Self::new_in(A::default())
    }
}
