//! A pointer that is held only to be dropped, of whatever type, without a box around it.

use core::mem::MaybeUninit;

/// Holds an `Rc` or an `Arc`, of something sized or unsized.
pub(super) struct Held {
    place: Place,
    /// Drops what is in the place.
    drop: unsafe fn(*mut Place),
}

/// Room for a pointer.
type Place = MaybeUninit<[*const (); 2]>;

impl Held {
    #[inline]
    pub(super) fn new<P: 'static>(pointer: P) -> Self {
        const {
            assert!(size_of::<P>() <= size_of::<Place>());
            assert!(align_of::<P>() <= align_of::<Place>());
        }
        let mut place = Place::uninit();
        // SAFETY: there is room for it, which nothing is in yet (I4).
        unsafe { place.as_mut_ptr().cast::<P>().write(pointer) };
        Self {
            place,
            drop: drop_pointer::<P>,
        }
    }
}

/// Drops a pointer.
///
/// # Safety
///
/// A `P` is in the place, and is not used afterwards.
unsafe fn drop_pointer<P>(place: *mut Place) {
    // SAFETY: the caller's promise.
    unsafe { place.cast::<P>().drop_in_place() };
}

impl Drop for Held {
    fn drop(&mut self) {
        // SAFETY: `new` has written what this function drops, and this is the end of it. Moves have
        // kept all of its bytes, with their provenance (section 4a).
        unsafe { (self.drop)(&raw mut self.place) };
    }
}
