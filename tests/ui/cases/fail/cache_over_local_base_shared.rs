//! The arenas of a cache go from thread to thread, with their base allocator.

use std::{ptr::NonNull, rc::Rc, thread};

use allocator_api2::alloc::{AllocError, Allocator, Layout};
use blink_alloc::{BlinkAlloc, BlinkAllocCache};

struct Local(Rc<()>);

unsafe impl Allocator for Local {
    fn allocate(&self, _: Layout) -> Result<NonNull<[u8]>, AllocError> {
        Err(AllocError)
    }

    unsafe fn deallocate(&self, _: NonNull<u8>, _: Layout) {}
}

fn main() {
    let cache = BlinkAllocCache::new();
    cache.push(BlinkAlloc::new_in(Local(Rc::default())));
    thread::scope(|scope| {
        scope.spawn(|| drop(cache.pop()));
    });
}
