//! Values that are moved out of their boxes: of a size that is known at run time only.

use alloc::boxed::Box;
use core::{
    alloc::Layout,
    mem::{self, ManuallyDrop},
    ptr::{self, NonNull},
};

use crate::{
    api::BlinkAllocator,
    drop_list::{Head, Unsized},
    error::{Failure, Mode},
    place::Home,
    reserved::Reserved,
};

impl<'a, A: BlinkAllocator, H: Head> Home<'a, A, H> {
    /// Moves the value of a box in, to be dropped with the list if it needs it.
    pub(crate) fn unboxed<T: ?Sized + 'a, M: Mode>(
        self,
        value: Box<T>,
    ) -> Result<&'a mut T, M::Error<Box<T>>> {
        let layout = Layout::for_value(&*value);
        let entry = mem::needs_drop::<T>();
        let (whole, front) = match Unsized::<T>::layout(layout) {
            Ok(with_entry) if entry => with_entry,
            Ok(_) => (layout, 0),
            Err(_) => return Err(M::error(M::refuse(Failure::Overflow), value)),
        };
        let block = match Reserved::new(self.alloc, whole) {
            Ok(block) => block.keep(),
            Err(failure) => return Err(M::error(M::refuse(failure), value)),
        };
        // SAFETY: the value's place is in the block, behind the front.
        let place = unsafe { block.add(front) };
        let value = Box::into_raw(value);
        // SAFETY: a value and a new block with room for it, which overlaps nothing (I4).
        unsafe { ptr::copy_nonoverlapping(value.cast::<u8>(), place.as_ptr(), layout.size()) };
        // SAFETY: the pointer is that of the box, and the value has moved out of it.
        drop(unsafe { Box::from_raw(value as *mut ManuallyDrop<T>) });
        let moved = with_address(value, place);
        if entry {
            // SAFETY: an entry whose value is in its place, where it stays until the list runs.
            unsafe { self.drops.push_unsized(block.cast::<Unsized<T>>(), moved) };
        }
        // SAFETY: initialized, and this is the one reference to it for `'a`, see `Home`.
        Ok(unsafe { &mut *moved })
    }
}

/// A pointer with the address and the provenance of another one. The rest of it, a length or
/// a vtable, stays as it is.
fn with_address<T: ?Sized>(mut pointer: *mut T, address: NonNull<u8>) -> *mut T {
    let old = pointer.cast::<u8>();
    let word = (&raw mut pointer).cast::<*mut u8>();
    // No stable function does this. The address has always been the first word of a pointer:
    // checked, which costs nothing where it is so.
    // SAFETY: a pointer has a word at least, and any word can be read as a thin pointer.
    let first = unsafe { word.read() };
    assert!(ptr::eq(first, old), "a pointer begins with its address");
    // SAFETY: as above, and this word is the address.
    unsafe { word.write(address.as_ptr()) };
    pointer
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;
    use core::{fmt::Display, slice};

    use super::*;

    /// Points `value` at a copy of itself.
    fn copy_is_as_good<T: ?Sized + ToString>(value: &mut T) {
        let old: *mut T = value;
        let size = size_of_val(value);
        let mut copy = [0_u64; 8];
        let place = NonNull::from(&mut copy).cast::<u8>();
        // SAFETY: the value, and `copy`, which is large enough.
        unsafe { ptr::copy_nonoverlapping(old.cast::<u8>(), place.as_ptr(), size) };
        let new = with_address(old, place);
        assert_eq!(new.cast::<u8>(), place.as_ptr());
        // SAFETY: a copy of a value without a destructor, aligned for a `u64`.
        let new = unsafe { &*new };
        assert_eq!(size_of_val(new), size);
        assert_eq!(new.to_string(), value.to_string());
    }

    #[test]
    fn the_rest_of_a_pointer_stays() {
        copy_is_as_good(&mut 7_u64);
        copy_is_as_good(&mut 7_u8 as &mut dyn Display);
        copy_is_as_good(&mut 1.5_f64 as &mut dyn Display);
        copy_is_as_good("text".to_string().as_mut_str());
        copy_is_as_good("".to_string().as_mut_str());

        let mut numbers = [1_u32, 2, 3];
        let mut others = [4_u32, 5];
        let place = NonNull::from(&mut others).cast::<u8>();
        let pointer = with_address(&raw mut numbers[..2], place);
        // SAFETY: both items of `others`.
        assert_eq!(unsafe { &*pointer }, [4, 5]);
        assert_eq!(slice::from_ref(&numbers[2]), [3]);
    }
}
