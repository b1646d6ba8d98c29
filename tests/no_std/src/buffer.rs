//! A base allocator over a static buffer.

use core::{
    alloc::Layout,
    cell::UnsafeCell,
    mem::MaybeUninit,
    ptr::NonNull,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use allocator_api2::alloc::{AllocError, Allocator};

/// Hands out bytes from the front, and starts again once all are given back.
#[repr(C, align(16))]
pub struct Buffer<const LEN: usize> {
    bytes: UnsafeCell<[MaybeUninit<u8>; LEN]>,
    /// Bytes up to the end of the last block.
    end: AtomicUsize,
    /// Bytes in use.
    used: AtomicUsize,
}

// SAFETY: this program has one thread.
unsafe impl<const LEN: usize> Sync for Buffer<LEN> {}

impl<const LEN: usize> Buffer<LEN> {
    pub const fn new() -> Self {
        Self {
            bytes: UnsafeCell::new([MaybeUninit::uninit(); LEN]),
            end: AtomicUsize::new(0),
            used: AtomicUsize::new(0),
        }
    }

    /// Bytes in use.
    pub fn used(&self) -> usize {
        self.used.load(Relaxed)
    }

    fn start(&self) -> NonNull<u8> {
        NonNull::from(&self.bytes).cast()
    }
}

// SAFETY: blocks are ranges of the buffer, each handed out once until it is freed, and a
// static buffer stays where it is.
unsafe impl<const LEN: usize> Allocator for &'static Buffer<LEN> {
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        let start = self.start();
        let cursor = start.addr().get() + self.end.load(Relaxed);
        let from = cursor.next_multiple_of(layout.align()) - start.addr().get();
        let to = from.checked_add(layout.size()).ok_or(AllocError)?;
        if to > LEN {
            return Err(AllocError);
        }
        self.end.store(to, Relaxed);
        self.used.fetch_add(layout.size(), Relaxed);
        // SAFETY: `from` lies within the buffer.
        let block = unsafe { start.add(from) };
        Ok(NonNull::slice_from_raw_parts(block, layout.size()))
    }

    unsafe fn deallocate(&self, _: NonNull<u8>, layout: Layout) {
        if self.used.fetch_sub(layout.size(), Relaxed) == layout.size() {
            self.end.store(0, Relaxed);
        }
    }
}
