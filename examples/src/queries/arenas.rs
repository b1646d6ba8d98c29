//! The arenas of all threads.

use std::sync::atomic::{AtomicUsize, Ordering};

use blink_alloc::{Blink, BlinkAlloc, BlinkAllocCache, Cached, SendBlink};

use crate::base::Base;

/// An arena whose calls of the system's allocator are counted.
pub type Arena = BlinkAlloc<&'static Base>;

static BASE: Base = Base::new();
static MADE: AtomicUsize = AtomicUsize::new(0);
/// All tasks take about as much, and that depends on the number of vectors: nothing is trimmed.
static ARENAS: BlinkAllocCache<&'static Base> = BlinkAllocCache::keeping(usize::MAX);

/// An adaptor for a task that stays in its thread.
pub fn blink() -> Cached<'static, Blink<Arena>> {
    // `get_blink`, but for the counts.
    ARENAS.get_as(new)
}

/// An adaptor for a task that goes from one thread to another.
pub fn send_blink() -> Cached<'static, SendBlink<Arena>> {
    // `get_send_blink`, but for the counts.
    ARENAS.get_as(new)
}

/// An arena where none waits.
fn new() -> Arena {
    MADE.fetch_add(1, Ordering::Relaxed);
    BlinkAlloc::new_in(&BASE)
}

/// How many arenas there have ever been.
pub fn made() -> usize {
    MADE.load(Ordering::Relaxed)
}

/// How often they have called the system's allocator.
pub fn calls() -> usize {
    BASE.calls()
}
