//! A lock for what is done rarely: taking a chunk, taking a lease.
//!
//! It spins, so that it needs neither std nor an allocation; with std a thread that has waited
//! some microseconds gives up its time slice.

use crate::atomic::{AtomicBool, Ordering, UnsafeCell, const_fn, wait};

/// A value that one thread at a time uses.
pub(crate) struct Lock<T> {
    taken: AtomicBool,
    value: UnsafeCell<T>,
}

// SAFETY: the value is used by who has taken the lock, one thread at a time, and is sent from
// one to the next.
unsafe impl<T: Send> Sync for Lock<T> {}

impl<T> Lock<T> {
    const_fn! {
        pub(crate) const fn new(value: T) -> Self {
            Self {
                taken: AtomicBool::new(false),
                value: UnsafeCell::new(value),
            }
        }
    }

    /// Uses the value, when no other thread does. A panic of `f` frees the lock.
    ///
    /// A second call inside of `f` waits forever.
    #[inline]
    pub(crate) fn with<R>(&self, f: impl FnOnce(&mut T) -> R) -> R {
        let _taken = Taken::new(&self.taken);
        self.value.with_mut(|value| {
            // SAFETY: nobody else has taken the lock, and what was done by who had it before
            // happened before.
            f(unsafe { &mut *value })
        })
    }
}

/// That a lock is taken. Frees it when it is dropped.
struct Taken<'a>(&'a AtomicBool);

impl<'a> Taken<'a> {
    #[inline]
    fn new(taken: &'a AtomicBool) -> Self {
        if !take(taken) {
            wait_for(taken);
        }
        Self(taken)
    }
}

impl Drop for Taken<'_> {
    #[inline]
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

/// Whether the lock was free.
#[inline]
fn take(taken: &AtomicBool) -> bool {
    taken
        .compare_exchange(false, true, Ordering::Acquire, Ordering::Relaxed)
        .is_ok()
}

#[cold]
#[inline(never)]
fn wait_for(taken: &AtomicBool) {
    let mut turns = 0_u32;
    loop {
        wait(turns);
        turns = turns.saturating_add(1);
        // A load first: those who wait do not take the cache line from who has the lock.
        if !taken.load(Ordering::Relaxed) && take(taken) {
            return;
        }
    }
}
