//! What the expansions of the macros call. Not for anybody else.

pub use crate::level::{Tip, Values};
#[cfg(feature = "std")]
pub use crate::scratch::scratch;

use crate::{api::Rewind, blink::Blink, frame::Frame, level::Level};

/// Enters a frame for the body of a function, whose parameter the handle is.
///
/// Without a lifetime: with one, a reference that leaves the function would be three errors,
/// two of them about the parameter. The guards are variables of the function, and so a
/// reference that leaves it is an error still.
///
/// # Safety
///
/// Nobody uses `frame`, nor a handle from which it was borrowed, until both guards have been
/// dropped, the values first, or forgotten.
#[inline(always)]
pub unsafe fn enter_body<'any, A: Rewind, M>(
    frame: &mut Frame<'_, A, M>,
) -> (Tip<'any, A, M>, Values<'any, A, M>) {
    let blink: *const Blink<A, M> = frame.adaptor();
    // SAFETY: the frame around this one lives as long as the function does, which has its
    // handle, and so do the guards.
    let blink = unsafe { &*blink };
    Level::new(blink).ends()
}
