//! The base allocator that an arena has if none is named.

#[cfg(feature = "alloc")]
pub use allocator_api2::alloc::Global;

#[cfg(not(feature = "alloc"))]
pub use none::Global;

#[cfg(not(feature = "alloc"))]
mod none {
    use core::{alloc::Layout, ptr::NonNull};

    use allocator_api2::alloc::{AllocError, Allocator};

    /// Without feature `alloc` there is no default: this has no value, so a `BlinkAlloc`
    /// whose base allocator is left out can be named and not made.
    #[derive(Debug)]
    pub enum Global {}

    // SAFETY: no value, no call.
    unsafe impl Allocator for Global {
        fn allocate(&self, _: Layout) -> Result<NonNull<[u8]>, AllocError> {
            match *self {}
        }

        unsafe fn deallocate(&self, _: NonNull<u8>, _: Layout) {
            match *self {}
        }
    }
}
