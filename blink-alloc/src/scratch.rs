//! Arenas of a thread, for `#[blink_frame(thread_local)]`.
//!
//! Each call takes a whole arena. One arena with nested marks would be unsound: a handle of an
//! outer frame can be used inside an inner one, by a closure or by another future.

use core::cell::Cell;

use alloc::boxed::Box;
use std::thread_local;

use crate::{base::Global, blink::Blink, frame::Frame, local::BlinkAlloc};

/// Arenas that a thread keeps.
const KEPT: usize = 8;

/// Bytes that an arena keeps.
const BYTES: usize = 1 << 20;

/// The arenas that wait, as a stack.
struct Pool {
    count: Cell<usize>,
    arenas: [Cell<Option<Box<Blink>>>; KEPT],
}

thread_local! {
    static POOL: Pool = const {
        Pool {
            count: Cell::new(0),
            arenas: [const { Cell::new(None) }; KEPT],
        }
    };
}

impl Pool {
    fn take(&self) -> Option<Box<Blink>> {
        let count = self.count.get().checked_sub(1)?;
        self.count.set(count);
        self.arenas[count].take()
    }

    /// Keeps an empty arena, or gives it back where there are enough.
    fn put(&self, blink: Box<Blink>) -> Option<Box<Blink>> {
        let count = self.count.get();
        let Some(place) = self.arenas.get(count) else {
            return Some(blink);
        };
        place.set(Some(blink));
        self.count.set(count + 1);
        None
    }
}

/// An arena of this thread, until it is dropped. Where the thread ends and has no pool any more
/// it is a new one.
#[must_use = "it goes back when it is dropped"]
pub struct Scratch(Option<Box<Blink>>);

/// Takes an arena. A few loads and stores where one waits, otherwise an allocation.
#[inline]
pub fn scratch() -> Scratch {
    let waiting = POOL.try_with(Pool::take).ok().flatten();
    Scratch(Some(waiting.unwrap_or_default()))
}

impl Scratch {
    /// A handle to the whole arena.
    #[inline]
    pub fn handle(&mut self) -> Frame<'_, BlinkAlloc<Global>> {
        let blink = self.0.as_mut();
        blink.expect("an arena until it is dropped").as_frame()
    }
}

impl Drop for Scratch {
    #[inline]
    fn drop(&mut self) {
        if let Some(mut blink) = self.0.take() {
            // Now, and while nothing of the pool is borrowed: destructors may take arenas
            // themselves. If one panics this arena is freed.
            blink.drop_all();
            blink.arena_mut().reset_to(BYTES);
            // What is too many is freed outside of `try_with`: the global allocator is somebody
            // else's code.
            drop(POOL.try_with(|pool| pool.put(blink)));
        }
    }
}
