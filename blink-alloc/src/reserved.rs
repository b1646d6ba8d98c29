//! Blocks that are not written yet.
//!
//! The one guard under everything that runs the user's code between taking memory and filling
//! it: the block is the arena's in all but name, the cursor is behind it already (I2), and it
//! goes back if nothing comes of it.

use core::{alloc::Layout, marker::PhantomData, mem, num::NonZero, ptr::NonNull};

use crate::{
    api::BlinkAllocator,
    drop_list::{Head, One},
    error::Failure,
    place::{self, Home},
};

/// A block that goes back on drop unless it is kept.
pub(crate) struct Reserved<'a, A: BlinkAllocator> {
    alloc: &'a A,
    start: NonNull<u8>,
    layout: Layout,
}

impl<'a, A: BlinkAllocator> Reserved<'a, A> {
    /// Takes a block. One without bytes touches no chunk (I11).
    #[inline(always)]
    pub(crate) fn new(alloc: &'a A, layout: Layout) -> Result<Self, Failure> {
        if layout.size() == 0 {
            return Ok(Self::empty(alloc, layout));
        }
        let block = alloc.allocate(layout);
        Ok(Self {
            alloc,
            start: block.map_err(|_| Failure::Refused(layout))?.cast(),
            layout,
        })
    }

    /// A block without bytes.
    #[inline(always)]
    pub(crate) fn empty(alloc: &'a A, layout: Layout) -> Self {
        debug_assert!(layout.size() == 0);
        Self {
            alloc,
            start: dangling(layout),
            layout,
        }
    }

    #[inline(always)]
    pub(crate) fn start(&self) -> NonNull<u8> {
        self.start
    }

    /// Bytes that the block can have without moving.
    pub(crate) fn room(&self) -> usize {
        self.alloc.room(self.start, self.layout)
    }

    /// Makes the block larger, which may move it. Its bytes are kept, on failure too.
    pub(crate) fn grow(&mut self, layout: Layout) -> Result<(), Failure> {
        debug_assert!(layout.size() >= self.layout.size());
        let grown = if self.layout.size() == 0 {
            self.alloc.allocate(layout)
        } else {
            // SAFETY: the block has this layout and is ours; the new one is not smaller.
            unsafe { self.alloc.grow(self.start, self.layout, layout) }
        };
        self.start = grown.map_err(|_| Failure::Refused(layout))?.cast();
        self.layout = layout;
        Ok(())
    }

    /// Keeps the first `size` bytes of the block, and gives back the rest. There are as many.
    #[inline]
    pub(crate) fn keep_front(self, size: usize) -> NonNull<u8> {
        debug_assert!(size <= self.layout.size());
        let front = match Layout::from_size_align(size, self.layout.align()) {
            Ok(front) if size < self.layout.size() => front,
            _ => return self.keep(),
        };
        // SAFETY: the block has `self.layout` and is ours; the new one is not larger.
        let kept = unsafe { self.alloc.shrink(self.start, self.layout, front) };
        // A refusal, which `BlinkAllocator` excludes, leaves the block as it is.
        let start = kept.map_or(self.start, NonNull::cast);
        mem::forget(self);
        start
    }

    /// Keeps the block.
    #[inline(always)]
    pub(crate) fn keep(self) -> NonNull<u8> {
        let start = self.start;
        mem::forget(self);
        start
    }
}

impl<A: BlinkAllocator> Drop for Reserved<'_, A> {
    #[inline]
    fn drop(&mut self) {
        if self.layout.size() != 0 {
            // SAFETY: the block has this layout, is ours, and was promised to nobody. The
            // arena takes it back if it still is the tip (I3).
            unsafe { self.alloc.deallocate(self.start, self.layout) };
        }
    }
}

/// A place for a value that does not exist yet. It goes back on drop.
pub(crate) struct Vacant<'a, T, A: BlinkAllocator, H> {
    block: Reserved<'a, A>,
    home: Home<'a, A, H>,
    /// Whether the place is that of an entry, which drops the value.
    entry: bool,
    value: PhantomData<fn(T)>,
}

impl<'a, T, A: BlinkAllocator, H: Head> Vacant<'a, T, A, H> {
    /// Takes a place, for a value that is dropped with the list if `drop` says so and it needs
    /// it.
    #[inline(always)]
    pub(crate) fn new(home: Home<'a, A, H>, drop: bool) -> Result<Self, Failure> {
        let entry = drop && mem::needs_drop::<T>();
        let layout = if entry {
            Layout::new::<One<T>>()
        } else {
            Layout::new::<T>()
        };
        Ok(Self {
            block: Reserved::new(home.alloc, layout)?,
            home,
            entry,
            value: PhantomData,
        })
    }

    /// Writes the value.
    #[inline(always)]
    pub(crate) fn fill(self, value: T) -> &'a mut T
    where
        T: 'a,
    {
        let block = self.block.keep();
        if self.entry {
            // SAFETY: the block has the layout of the entry.
            unsafe { self.home.write_entry(block.cast(), value) }
        } else {
            // SAFETY: the block has the layout of the value.
            unsafe { place::write(block.cast(), value) }
        }
    }
}

/// The address of a block without bytes.
pub(crate) fn dangling(layout: Layout) -> NonNull<u8> {
    match NonZero::new(layout.align()) {
        Some(align) => NonNull::dangling().with_addr(align),
        None => NonNull::dangling(),
    }
}
