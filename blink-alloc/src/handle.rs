//! What a growable collection stands on.

use allocator_api2::alloc::Allocator;

use crate::{api::BlinkAllocator, blink::Blink, frame::Frame, holds::Sharing};

/// What a [`BlinkVec`](crate::BlinkVec) or [`BlinkString`](crate::BlinkString) stands on, and is
/// turned into a slice of: `&'a Blink`, of any mode, or the borrowed handle of a frame,
/// `&Frame<'a>`.
///
/// The collection borrows the handle while it grows, the slice that it becomes lives for `'a`.
///
/// # Examples
///
/// ```
/// use blink_alloc::{Blink, BlinkVec, Handle};
///
/// fn squares<'a>(numbers: &[u32], into: impl Handle<'a>) -> &'a mut [u32] {
///     let squares = numbers.iter().map(|n| n * n);
///     BlinkVec::from_iter_in(squares, into).into_slice_no_drop()
/// }
///
/// let mut blink = Blink::new();
/// assert_eq!(squares(&[1, 2], &blink), [1, 4]);
/// let frame = blink.as_frame();
/// assert_eq!(squares(&[3], &frame), [9]);
/// ```
#[diagnostic::on_unimplemented(
    message = "a collection cannot stand on `{Self}`",
    label = "not `&Blink` or `&Frame`",
    note = "of a `SendBlink` or a `SyncBlink` pass `&*blink`; on an arena alone stands the `Vec` of allocator-api2"
)]
pub trait Handle<'a>: Allocator + Copy + sealed::Handle<'a> {
    /// Which values the adaptor may hold, see [`Holds`](crate::Holds).
    type Mode: Sharing;
}

impl<'a, A: BlinkAllocator, M: Sharing> Handle<'a> for &'a Blink<A, M> {
    type Mode = M;
}

impl<'f, A: BlinkAllocator, M: Sharing> Handle<'f> for &Frame<'f, A, M> {
    type Mode = M;
}

pub(crate) mod sealed {
    use crate::{api::BlinkAllocator, blink::Blink, frame::Frame, holds::Sharing};

    /// Implemented here alone.
    ///
    /// # Safety
    ///
    /// What the handle allocates is of the arena of [`adaptor`](Self::adaptor), and stays for `'a`
    /// once it does not grow or go back any more.
    pub unsafe trait Handle<'a> {
        type Arena: BlinkAllocator + 'a;
        type Sharing: Sharing + 'a;

        /// The adaptor, for longer than the handle is borrowed.
        ///
        /// # Safety
        ///
        /// While the handle is not borrowed nothing is allocated by what this returns (I9).
        /// (Whoever has a `Handle` can name this method.)
        unsafe fn adaptor(self) -> &'a Blink<Self::Arena, Self::Sharing>;
    }

    // SAFETY: what is put into an adaptor stays as long as it is borrowed.
    unsafe impl<'a, A: BlinkAllocator, M: Sharing> Handle<'a> for &'a Blink<A, M> {
        type Arena = A;
        type Sharing = M;

        #[inline(always)]
        unsafe fn adaptor(self) -> &'a Blink<A, M> {
            self
        }
    }

    // SAFETY: what is put into a frame stays as long as the frame lives. No other frame is in use
    // while the handle is borrowed, as it is by the collection (I9).
    unsafe impl<'f, A: BlinkAllocator, M: Sharing> Handle<'f> for &Frame<'f, A, M> {
        type Arena = A;
        type Sharing = M;

        #[inline(always)]
        unsafe fn adaptor(self) -> &'f Blink<A, M> {
            Frame::adaptor(self)
        }
    }
}
