//! What a vector may stand on is decided in the library: a slice lives as long as it says.

use std::{alloc::Layout, ptr::NonNull};

use allocator_api2::alloc::{AllocError, Allocator};
use blink_alloc::{Handle, Local};

#[derive(Clone, Copy)]
struct Mine;

unsafe impl Allocator for Mine {
    fn allocate(&self, _: Layout) -> Result<NonNull<[u8]>, AllocError> {
        Err(AllocError)
    }

    unsafe fn deallocate(&self, _: NonNull<u8>, _: Layout) {}
}

impl Handle<'static> for Mine {
    type Mode = Local;
}

fn main() {}
