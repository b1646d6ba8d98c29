//! Atomics, and the cell behind a lock: those of core, or under `--cfg blink_loom` those of
//! loom, which runs a model through its interleavings.

#[cfg(not(blink_loom))]
pub(crate) use core::sync::atomic::{AtomicBool, AtomicPtr, AtomicUsize, Ordering};

#[cfg(blink_loom)]
pub(crate) use loom::sync::atomic::{AtomicBool, AtomicPtr, AtomicUsize, Ordering};

/// `const fn`, but for loom, whose atomics cannot be made in a constant.
macro_rules! const_fn {
    ($(#[$attribute:meta])* $visible:vis const fn $($rest:tt)*) => {
        #[cfg(not(blink_loom))]
        $(#[$attribute])*
        $visible const fn $($rest)*

        #[cfg(blink_loom)]
        $(#[$attribute])*
        $visible fn $($rest)*
    };
}
pub(crate) use const_fn;

/// A cell whose owner says when it is used.
#[cfg(not(blink_loom))]
pub(crate) struct UnsafeCell<T>(core::cell::UnsafeCell<T>);

#[cfg(not(blink_loom))]
impl<T> UnsafeCell<T> {
    pub(crate) const fn new(value: T) -> Self {
        Self(core::cell::UnsafeCell::new(value))
    }

    /// Passes a pointer to the value. Who writes through it is the only one who uses it.
    #[inline(always)]
    pub(crate) fn with_mut<R>(&self, f: impl FnOnce(*mut T) -> R) -> R {
        f(self.0.get())
    }
}

#[cfg(blink_loom)]
pub(crate) use loom::cell::UnsafeCell;

/// Lets another thread go on, after `turns` turns of waiting for it.
#[inline]
pub(crate) fn wait(turns: u32) {
    #[cfg(blink_loom)]
    loom::thread::yield_now();
    #[cfg(all(feature = "std", not(blink_loom)))]
    if turns >= SPINS {
        std::thread::yield_now();
    }
    #[cfg(not(blink_loom))]
    core::hint::spin_loop();
    let _ = turns;
}

/// Turns after which a thread gives up its time slice: about a microsecond.
#[cfg(all(feature = "std", not(blink_loom)))]
const SPINS: u32 = 32;
