//! Weak pointers of copies.
//!
//! All that point to one value share a slot, which is filled when its copy is complete. Who
//! looks into it before, while the graph is half built, finds nothing.

use core::{
    fmt,
    marker::PhantomData,
    ptr::{self, NonNull},
    sync::atomic::{AtomicPtr, Ordering},
};

/// What a `Weak<T>` becomes in an arena, see [`BlinkClone`](crate::BlinkClone): points to a value
/// of the same copy, if that has been copied too.
///
/// # Examples
///
/// ```
/// use blink_alloc::Blink;
/// use std::rc::Rc;
///
/// let strong = Rc::new(String::from("hello"));
/// let graph = (Rc::downgrade(&strong), strong);
/// let blink = Blink::new();
/// let (weak, strong) = blink.clone_in(&graph);
/// assert!(std::ptr::eq(weak.upgrade().unwrap(), strong));
///
/// // Nothing in this copy owns the value.
/// let weak = blink.clone_in(&graph.0);
/// assert!(weak.upgrade().is_none());
/// ```
pub struct BlinkWeak<'blink, T: ?Sized> {
    /// Null, or where a pointer to the value is: a `&'blink T`.
    slot: &'blink AtomicPtr<()>,
    target: PhantomData<&'blink T>,
}

/// The slot of those that point to nothing.
static NOTHING: AtomicPtr<()> = AtomicPtr::new(ptr::null_mut());

impl<'blink, T: ?Sized> BlinkWeak<'blink, T> {
    /// Points to nothing.
    pub const fn new() -> Self {
        Self {
            slot: &NOTHING,
            target: PhantomData,
        }
    }

    /// Points to what the slot is filled with.
    ///
    /// # Safety
    ///
    /// That is a `&'blink T`, in a place that stays for `'blink`.
    pub(crate) unsafe fn of(slot: &'blink AtomicPtr<()>) -> Self {
        Self {
            slot,
            target: PhantomData,
        }
    }

    /// The value, or `None` where nothing in the same copy owns it, or the copy is not complete.
    pub fn upgrade(&self) -> Option<&'blink T> {
        let place = NonNull::new(self.slot.load(Ordering::Acquire))?;
        // SAFETY: `of` was promised that a pointer is there; it was written before the slot. If
        // this type was coerced since, so may the pointer be: both are covariant.
        Some(unsafe { *place.cast::<&'blink T>().as_ref() })
    }

    /// Whether both point to the same value, which need not be in the copy, or were made to point
    /// to nothing.
    pub fn ptr_eq(&self, other: &Self) -> bool {
        ptr::eq(self.slot, other.slot)
    }
}

/// Lets those that share a slot see the value. `place` has the pointer to it.
pub(crate) fn fill(slot: &AtomicPtr<()>, place: NonNull<()>) {
    slot.store(place.as_ptr(), Ordering::Release);
}

impl<T: ?Sized> Clone for BlinkWeak<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for BlinkWeak<'_, T> {}

impl<T: ?Sized> Default for BlinkWeak<'_, T> {
    fn default() -> Self {
        Self::new()
    }
}

/// Without the value, in which the pointer may be.
impl<T: ?Sized> fmt::Debug for BlinkWeak<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(Weak)")
    }
}
