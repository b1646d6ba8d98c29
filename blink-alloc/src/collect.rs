//! Slices that are collected from iterators of unknown length.
//!
//! An iterator is the user's code: it may allocate from the same arena, panic, or lie about
//! its length. The items so far are in a block of their own behind the cursor (I2), and the
//! length hint is taken as a hint.

use core::{
    alloc::Layout,
    marker::PhantomData,
    mem::{self, ManuallyDrop},
    ptr::{self, NonNull},
    slice,
};

use crate::{
    api::BlinkAllocator,
    drop_list::Many,
    error::{Failure, Mode},
    place::Home,
    reserved::Reserved,
};

impl<'a, A: BlinkAllocator> Home<'a, A> {
    /// Collects all items into a slice, to be dropped with the list if `drop` says so and they
    /// need it.
    ///
    /// If memory runs out, the items so far are a slice of the arena, and the one that had no
    /// room is given back beside it.
    #[inline]
    #[expect(clippy::type_complexity, reason = "the published signature")]
    pub(crate) fn collect<T: 'a, M: Mode>(
        self,
        iter: impl Iterator<Item = T>,
        drop: bool,
    ) -> Result<&'a mut [T], M::Error<(&'a mut [T], Option<T>)>> {
        if drop && mem::needs_drop::<T>() {
            Items::<T, A, true>::new(self).collect::<M>(iter)
        } else {
            Items::<T, A, false>::new(self).collect::<M>(iter)
        }
    }
}

/// Items so far. On a panic they are dropped and their block goes back.
///
/// With `ENTRY` they stand behind the front of an entry, which will drop them.
struct Items<'a, T, A: BlinkAllocator, const ENTRY: bool> {
    home: Home<'a, A>,
    /// Empty before the first item.
    block: Reserved<'a, A>,
    /// Items that have room.
    capacity: usize,
    len: usize,
    items: PhantomData<T>,
}

impl<'a, T, A: BlinkAllocator, const ENTRY: bool> Items<'a, T, A, ENTRY> {
    /// Bytes in front of the items.
    const FRONT: usize = if ENTRY { Many::<T>::ITEMS } else { 0 };

    const ALIGN: usize = if ENTRY {
        align_of::<Many<T>>()
    } else {
        align_of::<T>()
    };

    fn new(home: Home<'a, A>) -> Self {
        Self {
            home,
            block: Reserved::empty(home.alloc, Layout::new::<[T; 0]>()),
            // Items without bytes need no room, except for the entry that drops them.
            capacity: if size_of::<T>() == 0 && !ENTRY {
                usize::MAX
            } else {
                0
            },
            len: 0,
            items: PhantomData,
        }
    }

    /// Takes all items of an iterator.
    #[inline]
    #[expect(clippy::type_complexity, reason = "the published signature")]
    fn collect<M: Mode>(
        mut self,
        mut iter: impl Iterator<Item = T>,
    ) -> Result<&'a mut [T], M::Error<(&'a mut [T], Option<T>)>>
    where
        T: 'a,
    {
        while let Some(item) = iter.next() {
            if self.is_full() {
                if let Err(failure) = self.reserve(iter.size_hint().0) {
                    let so_far = (self.finish(), Some(item));
                    return Err(M::error(M::refuse(failure), so_far));
                }
            }
            self.push(item);
        }
        Ok(self.finish())
    }

    fn is_full(&self) -> bool {
        self.len == self.capacity
    }

    /// The block for `count` items.
    fn layout(count: usize) -> Result<Layout, Failure> {
        let bytes = size_of::<T>().checked_mul(count);
        bytes
            .and_then(|bytes| bytes.checked_add(Self::FRONT))
            .and_then(|bytes| Layout::from_size_align(bytes, Self::ALIGN).ok())
            .ok_or(Failure::Overflow)
    }

    /// Makes room for one more item at least; for `hint` more after that, or as many as there
    /// are, if that can be had.
    #[cold]
    fn reserve(&mut self, hint: usize) -> Result<(), Failure> {
        let least = self.len.checked_add(1).ok_or(Failure::Overflow)?;
        let doubled = self.capacity.saturating_mul(2).max(4);
        let hinted = least.saturating_add(hint).max(doubled);
        self.grow(hinted)
            .or_else(|_| self.grow(doubled))
            .or_else(|_| self.grow(least))
    }

    fn grow(&mut self, capacity: usize) -> Result<(), Failure> {
        let layout = Self::layout(capacity)?;
        self.block.grow(layout)?;
        self.capacity = if size_of::<T>() == 0 {
            usize::MAX
        } else {
            capacity
        };
        Ok(())
    }

    /// The first item's place. There must be room for one.
    fn first(&self) -> NonNull<T> {
        // SAFETY: the front is part of the block, which is not empty if there is a front.
        unsafe { self.block.start().add(Self::FRONT) }.cast()
    }

    /// There must be room.
    fn push(&mut self, item: T) {
        debug_assert!(self.len < self.capacity);
        // SAFETY: `len` is below the capacity of the block (I4).
        let place = unsafe { self.first().add(self.len) };
        // SAFETY: as above.
        unsafe { place.write(item) };
        self.len += 1;
    }

    /// Hands the items out, and gives the rest of the block back.
    fn finish(self) -> &'a mut [T]
    where
        T: 'a,
    {
        let this = ManuallyDrop::new(self);
        // SAFETY: `this` is not used for its block any more, and never dropped.
        let block = unsafe { ptr::read(&raw const this.block) };
        if this.len == 0 {
            // The block goes back.
            return &mut [];
        }
        let start = match Self::layout(this.len) {
            Ok(layout) if layout.size() > 0 => block.keep_front(layout),
            _ => block.keep(),
        };
        // SAFETY: the front is part of the block.
        let first = unsafe { start.add(Self::FRONT) }.cast::<T>();
        if ENTRY {
            // SAFETY: an entry with `len` items behind it, which stay until the list runs.
            unsafe { this.home.drops.push_many(start.cast::<Many<T>>(), this.len) };
        }
        // SAFETY: `len` initialized items, and this is the one reference to them for `'a`, see
        // `Home`.
        unsafe { slice::from_raw_parts_mut(first.as_ptr(), this.len) }
    }
}

impl<T, A: BlinkAllocator, const ENTRY: bool> Drop for Items<'_, T, A, ENTRY> {
    fn drop(&mut self) {
        if self.len == 0 {
            return;
        }
        let items = NonNull::slice_from_raw_parts(self.first(), self.len);
        // The block goes back as a field, even if an item panics.
        // SAFETY: initialized, and promised to nobody.
        unsafe { items.drop_in_place() };
    }
}
