//! A shared arena calls its base allocator from all threads.

use std::{cell::Cell, ptr::NonNull, thread};

use allocator_api2::alloc::{AllocError, Allocator, Layout};
use blink_alloc::SyncBlinkAlloc;

struct Local(Cell<usize>);

unsafe impl Allocator for Local {
    fn allocate(&self, _: Layout) -> Result<NonNull<[u8]>, AllocError> {
        Err(AllocError)
    }

    unsafe fn deallocate(&self, _: NonNull<u8>, _: Layout) {}
}

fn main() {
    let arena = SyncBlinkAlloc::new_in(Local(Cell::new(0)));
    thread::scope(|scope| {
        scope.spawn(|| arena.reserve(1));
    });
}
