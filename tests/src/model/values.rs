//! Values that are dropped, and the log of their destructors.

use core::{cell::RefCell, ptr::NonNull};

/// What values without bytes have for a number.
pub(super) const ZERO: u32 = u32::MAX;

/// What a value that was overwritten logs.
const BROKEN: u32 = u32::MAX - 1;

thread_local! {
    static LOG: RefCell<Log> = const { RefCell::new(Log { ids: Vec::new(), armed: false }) };
}

struct Log {
    /// Numbers of dropped values since the last look.
    ids: Vec<u32>,
    /// Whether bombs explode.
    armed: bool,
}

/// The numbers of the values that were dropped since the last call, in their order.
pub(super) fn take_dropped() -> Vec<u32> {
    LOG.with_borrow_mut(|log| core::mem::take(&mut log.ids))
}

/// Says whether bombs explode.
pub(super) fn arm(armed: bool) {
    LOG.with_borrow_mut(|log| log.armed = armed);
}

fn log(value: &impl Sample) {
    let id = value.id();
    let id = if value.is(id) { id } else { BROKEN };
    LOG.with_borrow_mut(|log| log.ids.push(id));
}

/// The payload of panics that are part of the test. They bypass the hook and its message.
pub(super) struct Planned;

pub(super) fn planned_panic() -> ! {
    std::panic::resume_unwind(Box::new(Planned))
}

/// A type of values with a number each.
pub(super) trait Sample: Sized + 'static {
    fn new(id: u32) -> Self;

    /// The number that it has, or [`ZERO`].
    fn id(&self) -> u32;

    /// Whether this is the value with this number, every byte of it.
    fn is(&self, id: u32) -> bool;

    /// The number that it logs.
    fn logged(id: u32) -> u32 {
        if size_of::<Self>() == 0 { ZERO } else { id }
    }

    /// Whether its destructor panics.
    const BOMB: bool = false;

    /// Whether it has memory elsewhere.
    const LEAKS: bool = false;
}

/// [`Sample::is`] by address.
///
/// # Safety
///
/// `place` holds a value of type `T`.
pub(super) unsafe fn is<T: Sample>(place: NonNull<u8>, id: u32) -> bool {
    // SAFETY: the caller's promise.
    let value = unsafe { place.cast::<T>().as_ref() };
    value.is(id)
}

/// Of any size, aligned to one byte.
pub(super) struct Bytes<const N: usize> {
    id: [u8; 4],
    body: [u8; N],
}

impl<const N: usize> Sample for Bytes<N> {
    fn new(id: u32) -> Self {
        Self {
            id: id.to_ne_bytes(),
            body: [id as u8; N],
        }
    }

    fn id(&self) -> u32 {
        u32::from_ne_bytes(self.id)
    }

    fn is(&self, id: u32) -> bool {
        self.id == id.to_ne_bytes() && self.body == [id as u8; N]
    }
}

impl<const N: usize> Drop for Bytes<N> {
    fn drop(&mut self) {
        log(self);
    }
}

/// Aligned beyond a chunk's start.
#[repr(align(64))]
pub(super) struct Wide(u32);

impl Sample for Wide {
    fn new(id: u32) -> Self {
        Self(id)
    }

    fn id(&self) -> u32 {
        self.0
    }

    fn is(&self, id: u32) -> bool {
        self.0 == id
    }
}

impl Drop for Wide {
    fn drop(&mut self) {
        log(self);
    }
}

/// Owns memory elsewhere, so that a leak checker sees a forgotten destructor.
pub(super) struct Heap(Box<u32>);

impl Sample for Heap {
    const LEAKS: bool = true;

    fn new(id: u32) -> Self {
        Self(Box::new(id))
    }

    fn id(&self) -> u32 {
        *self.0
    }

    fn is(&self, id: u32) -> bool {
        *self.0 == id
    }
}

impl Drop for Heap {
    fn drop(&mut self) {
        log(self);
    }
}

/// Without bytes.
pub(super) struct Zero;

impl Sample for Zero {
    fn new(_: u32) -> Self {
        Self
    }

    fn id(&self) -> u32 {
        ZERO
    }

    fn is(&self, _: u32) -> bool {
        true
    }
}

impl Drop for Zero {
    fn drop(&mut self) {
        log(self);
    }
}

/// Without bytes, and aligned.
#[repr(align(128))]
pub(super) struct WideZero;

impl Sample for WideZero {
    fn new(_: u32) -> Self {
        Self
    }

    fn id(&self) -> u32 {
        ZERO
    }

    fn is(&self, _: u32) -> bool {
        (&raw const *self).addr().is_multiple_of(128)
    }
}

impl Drop for WideZero {
    fn drop(&mut self) {
        log(self);
    }
}

/// Panics when it is dropped while bombs are armed.
pub(super) struct Bomb(u32);

impl Sample for Bomb {
    const BOMB: bool = true;

    fn new(id: u32) -> Self {
        Self(id)
    }

    fn id(&self) -> u32 {
        self.0
    }

    fn is(&self, id: u32) -> bool {
        self.0 == id
    }
}

impl Drop for Bomb {
    fn drop(&mut self) {
        log(self);
        if LOG.with_borrow(|log| log.armed) {
            planned_panic();
        }
    }
}
