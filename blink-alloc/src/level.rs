//! Where a frame begins, and how it ends: the unsafe part of frames.
//!
//! What makes it sound, wherever it says "frames nest" below: a level is set through `&mut` of
//! a handle or an adaptor, and its guards keep that borrow. So while they live nothing
//! allocates from the frame around it; and while a handle of the frame is in use, or a
//! reference that the handle gave out, the guards are borrowed, and neither run nor move.
//!
//! A level ends by two guards, not one, so that each has a destructor that is small enough to
//! be inlined where a function unwinds, too. Were it not, the guard would be in memory for it:
//! that is why a frame by `enter` costs more than one by `scope` (`tests/benches`).

use crate::{api::Rewind, blink::Blink, drop_list::Newest, frame::Frame, holds::Sharing};

/// Where the arena and the list of destructors were when a frame began.
pub(crate) struct Level<'g, A: Rewind, M: Sharing> {
    /// A handle to the frame, which is not lent out.
    frame: Frame<'g, A, M>,
    mark: A::Mark,
    newest: Newest,
}

impl<'g, A: Rewind, M: Sharing> Level<'g, A, M> {
    /// The level of a frame that begins now. The caller lets nobody else use the adaptor until
    /// the frame has ended.
    #[inline(always)]
    pub(crate) fn new(blink: &'g Blink<A, M>) -> Self {
        let home = blink.home();
        Self {
            frame: Frame::new(blink),
            mark: home.alloc.mark(),
            newest: home.drops.newest(),
        }
    }

    /// A handle to the frame.
    #[inline(always)]
    pub(crate) fn handle(&mut self) -> Frame<'_, A, M> {
        Frame::new(self.frame.adaptor())
    }

    /// The guards that end the frame, in the order in which variables for them are to be
    /// declared: the values are dropped before the arena is rewound (I8).
    #[inline(always)]
    pub(crate) fn ends(&self) -> (Tip<'g, A, M>, Values<'g, A, M>) {
        let frame = || Frame::new(self.frame.adaptor());
        let tip = Tip {
            frame: frame(),
            mark: self.mark,
        };
        let values = Values {
            frame: frame(),
            newest: self.newest,
        };
        (tip, values)
    }
}

/// Rewinds the arena when it is dropped.
pub struct Tip<'g, A: Rewind, M: Sharing> {
    frame: Frame<'g, A, M>,
    mark: A::Mark,
}

impl<A: Rewind, M: Sharing> Drop for Tip<'_, A, M> {
    #[inline(always)]
    fn drop(&mut self) {
        let arena = self.frame.arena();
        // SAFETY: the mark is of this arena. Frames nest: nobody uses what was put since, every
        // frame that was entered since has ended or was forgotten, and a reset needs the
        // adaptor. Nothing from before the mark has grown meanwhile (I9).
        if !unsafe { arena.rewind_fast(self.mark) } {
            // SAFETY: as above.
            unsafe { arena.rewind(self.mark) }
        }
    }
}

/// Drops the values of the frame, newest first, when it is dropped itself.
pub struct Values<'g, A: Rewind, M: Sharing> {
    frame: Frame<'g, A, M>,
    newest: Newest,
}

impl<A: Rewind, M: Sharing> Values<'_, A, M> {
    /// A handle to the frame.
    #[inline(always)]
    pub fn handle(&mut self) -> Frame<'_, A, M> {
        Frame::new(self.frame.adaptor())
    }
}

impl<A: Rewind, M: Sharing> Drop for Values<'_, A, M> {
    #[inline(always)]
    fn drop(&mut self) {
        let drops = self.frame.home().drops;
        if drops.newest() != self.newest {
            // SAFETY: the entry is of this list, and older than those of the frame. Frames
            // nest: nobody uses the values.
            unsafe { drops.run_to(self.newest) };
        }
    }
}
