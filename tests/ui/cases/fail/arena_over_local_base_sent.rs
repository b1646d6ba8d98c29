//! An arena goes to another thread only if its base allocator may.

use std::{marker::PhantomData, ptr::NonNull};

use allocator_api2::alloc::{AllocError, Allocator, Layout};
use blink_alloc::BlinkAlloc;

struct Local(PhantomData<*const ()>);

unsafe impl Allocator for Local {
    fn allocate(&self, _: Layout) -> Result<NonNull<[u8]>, AllocError> {
        Err(AllocError)
    }

    unsafe fn deallocate(&self, _: NonNull<u8>, _: Layout) {}
}

fn sent<T: Send>(_: T) {}

fn main() {
    sent(BlinkAlloc::new_in(Local(PhantomData)));
}
