//! malloc in the place of an arena: each value has a block of its own, and a reset frees one
//! after the other.

use std::{
    alloc::{Layout, System},
    cell::RefCell,
    ptr::NonNull,
    slice, str,
};

use allocator_api2::{
    alloc::{Allocator, Global},
    vec::Vec,
};
use blink_benches::arenas::Arena;

pub struct Malloc {
    /// What a reset frees. The list's own memory is not counted.
    blocks: RefCell<Vec<(NonNull<u8>, Layout), System>>,
}

impl Default for Malloc {
    fn default() -> Self {
        let blocks = RefCell::new(Vec::new_in(System));
        Self { blocks }
    }
}

impl Malloc {
    fn allocate(&self, layout: Layout) -> NonNull<u8> {
        let block = Global.allocate(layout).expect("memory").cast();
        self.blocks.borrow_mut().push((block, layout));
        block
    }
}

impl Arena for Malloc {
    const NAME: &'static str = "malloc";

    fn put<T: 'static>(&self, value: T) -> &mut T {
        self.put_linked(value)
    }

    fn put_linked<T>(&self, value: T) -> &mut T {
        let mut block = self.allocate(Layout::new::<T>()).cast::<T>();
        // SAFETY: a new block of this layout.
        unsafe { block.write(value) };
        // SAFETY: written above, and nobody else's until the reset.
        unsafe { block.as_mut() }
    }

    fn put_with<T: 'static>(&self, f: impl FnOnce() -> T) -> &mut T {
        self.put_linked(f())
    }

    fn copy<'a, T: Copy>(&'a self, slice: &[T]) -> &'a mut [T] {
        let block = self.allocate(Layout::for_value(slice)).cast::<T>();
        let from = NonNull::from(slice).cast::<T>();
        // SAFETY: a new block of the layout of the slice.
        unsafe { block.copy_from_nonoverlapping(from, slice.len()) };
        // SAFETY: copied above, and nobody else's until the reset.
        unsafe { slice::from_raw_parts_mut(block.as_ptr(), slice.len()) }
    }

    fn copy_str(&self, string: &str) -> &mut str {
        let copy = self.copy(string.as_bytes());
        str::from_utf8_mut(copy).expect("copied from a string")
    }

    fn allocator(&self) -> impl Allocator + Copy {
        Global
    }

    fn reset(&mut self) {
        for (block, layout) in self.blocks.get_mut().drain(..) {
            // SAFETY: allocated with this layout, and nothing borrows it any more.
            unsafe { Global.deallocate(block, layout) };
        }
    }
}

impl Drop for Malloc {
    fn drop(&mut self) {
        self.reset();
    }
}
