//! Rule 8: a sendable frame over an arena that must not be sent is not sent either.

use std::{cell::Cell, marker::PhantomData, ptr::NonNull, thread};

use allocator_api2::alloc::{AllocError, Allocator, Layout};
use blink_alloc::{Blink, BlinkAlloc, SendBlink};

struct Base(PhantomData<*const Cell<u8>>);

// SAFETY: there are no blocks.
unsafe impl Allocator for Base {
    fn allocate(&self, _: Layout) -> Result<NonNull<[u8]>, AllocError> {
        Err(AllocError)
    }

    unsafe fn deallocate(&self, _: NonNull<u8>, _: Layout) {}
}

fn main() {
    let arena = BlinkAlloc::new_in(Base(PhantomData));
    let mut blink = SendBlink::new(Blink::new_in(arena));
    let frame = blink.as_frame();
    thread::scope(|scope| {
        scope.spawn(move || drop(frame));
    });
}
