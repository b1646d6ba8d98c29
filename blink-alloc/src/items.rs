//! The items of a slice that is being made, one after the other.
//!
//! [`Items`] runs the user's code between two items: it may allocate from the same arena,
//! panic, or lie about its length. The items so far are in a block of their own behind the
//! cursor (I2), and a length hint is taken as a hint.
//!
//! How the block grows is in [`Items::reserve`]. An iterator that leaves the arena alone gets
//! room ahead of its items, up to the rest of the chunk, and gives back what it does not use.

use core::{
    alloc::Layout,
    marker::PhantomData,
    mem::{self, ManuallyDrop},
    ptr::{self, NonNull},
    slice,
};

use crate::{
    api::BlinkAllocator,
    drop_list::{Head, Many},
    error::Failure,
    place::Home,
    reserved::Reserved,
};

/// Items of the first block where their iterator allocates from the same arena: what is not
/// needed of it will not go back.
const FEW: usize = 4;

/// How many times the room in use is taken ahead, see [`Items::reserve`].
pub(crate) const AHEAD: usize = 8;

/// Items so far. On a panic they are dropped and their block goes back.
///
/// Those that are dropped with the list stand behind the front of an entry.
pub(crate) struct Items<'a, T, A: BlinkAllocator, H: Head> {
    home: Home<'a, A, H>,
    /// Whether they are dropped with the list, if they need it.
    drop: bool,
    /// Empty before the first item.
    block: Reserved<'a, A>,
    /// Items that have room.
    capacity: usize,
    len: usize,
    items: PhantomData<T>,
}

impl<'a, T, A: BlinkAllocator, H: Head> Items<'a, T, A, H> {
    /// Items of the first block: 128 bytes of them, or [`FEW`].
    const FIRST: usize = match 128_usize.checked_div(size_of::<T>()) {
        Some(count) if count > FEW => count,
        _ => FEW,
    };

    /// No items yet, which are dropped with the list if `drop` says so and they need it.
    #[inline]
    pub(crate) fn new(home: Home<'a, A, H>, drop: bool) -> Self {
        let mut items = Self {
            home,
            drop,
            block: Reserved::empty(home.alloc, Layout::new::<[T; 0]>()),
            capacity: 0,
            len: 0,
            items: PhantomData,
        };
        // Items without bytes need no room, except for the entry that drops them.
        if size_of::<T>() == 0 && !items.has_entry() {
            items.capacity = usize::MAX;
        }
        items
    }

    /// [`new`](Self::new), and room for `count` of them. None take no room (I11).
    #[inline]
    pub(crate) fn exactly(home: Home<'a, A, H>, count: usize, drop: bool) -> Result<Self, Failure> {
        let mut items = Self::new(home, drop);
        if count > 0 {
            items.start(count)?;
        }
        Ok(items)
    }

    /// Takes all items of an iterator, or returns the one that had no room.
    #[inline]
    pub(crate) fn extend(
        &mut self,
        iter: &mut impl Iterator<Item = T>,
    ) -> Result<(), (Failure, T)> {
        let tip = self.home.alloc.tip();
        // An item comes before its room: no items take none (I11).
        while let Some(item) = iter.next() {
            if self.len == self.capacity {
                let quiet = self.home.alloc.tip() == tip;
                if let Err(failure) = self.make_room(1, iter.size_hint(), quiet) {
                    return Err((failure, item));
                }
            }
            // SAFETY: there is room for one more.
            unsafe { self.push(item) };
            if self.fill(iter) {
                break;
            }
        }
        Ok(())
    }

    /// Takes items while there is room; whether the iterator has ended.
    ///
    /// The loop keeps the number of items in a register: it is written back when the loop
    /// ends, by a panic too. Room is looked for before an item is: so that the compiler finds
    /// a loop of known length, where the iterator is one.
    #[inline]
    pub(crate) fn fill(&mut self, iter: &mut impl Iterator<Item = T>) -> bool {
        struct Filled<'a> {
            len: usize,
            items: &'a mut usize,
        }

        impl Drop for Filled<'_> {
            #[inline(always)]
            fn drop(&mut self) {
                *self.items = self.len;
            }
        }

        if self.len == self.capacity {
            return false;
        }
        // SAFETY: where there is room there is a block.
        let first = unsafe { self.first() };
        let capacity = self.capacity;
        let mut filled = Filled {
            len: self.len,
            items: &mut self.len,
        };
        while filled.len < capacity {
            let Some(item) = iter.next() else {
                return true;
            };
            // SAFETY: `len` is below the capacity of the block (I4).
            let place = unsafe { first.add(filled.len) };
            // SAFETY: as above.
            unsafe { place.write(item) };
            filled.len += 1;
        }
        false
    }

    #[inline(always)]
    fn has_entry(&self) -> bool {
        mem::needs_drop::<T>() && self.drop
    }

    /// Bytes in front of the items.
    #[inline(always)]
    fn front(&self) -> usize {
        if self.has_entry() {
            Many::<T>::ITEMS
        } else {
            0
        }
    }

    /// The block for `count` items.
    #[inline]
    fn layout(&self, count: usize) -> Result<Layout, Failure> {
        let align = if self.has_entry() {
            align_of::<Many<T>>()
        } else {
            align_of::<T>()
        };
        let bytes = size_of::<T>().checked_mul(count);
        bytes
            .and_then(|bytes| bytes.checked_add(self.front()))
            .and_then(|bytes| Layout::from_size_align(bytes, align).ok())
            .ok_or(Failure::Overflow)
    }

    /// Takes the first block, for `capacity` items.
    #[inline]
    fn start(&mut self, capacity: usize) -> Result<(), Failure> {
        let layout = self.layout(capacity)?;
        self.block = Reserved::new(self.home.alloc, layout)?;
        self.set_capacity(capacity);
        Ok(())
    }

    /// Makes room for `needed` more items, for which there is none, at least; for as many as the
    /// iterator is sure to have after the next one, if that can be had. It is `quiet` if it has
    /// not allocated from the arena.
    #[inline]
    fn make_room(
        &mut self,
        needed: usize,
        hint: (usize, Option<usize>),
        quiet: bool,
    ) -> Result<(), Failure> {
        let (lower, upper) = hint;
        let hinted = lower.saturating_add(1);
        if self.len == 0 {
            let most = upper.map_or(usize::MAX, |upper| upper.saturating_add(1));
            let first = if quiet { Self::FIRST } else { FEW };
            if self.start(hinted.max(first.min(most))).is_ok() {
                return Ok(());
            }
        }
        self.reserve(needed, hinted)
    }

    /// [`make_room`](Self::make_room) for more items, or where room for the first few was
    /// refused.
    ///
    /// A block with nothing allocated behind it stays in its place, and takes room for
    /// [`AHEAD`] times as many items, or what is left of the chunk: what is not needed goes
    /// back at the end. Not more than that, because what the iterator allocates meanwhile
    /// would keep it from going back. Otherwise the block moves and doubles.
    #[cold]
    #[inline(never)]
    fn reserve(&mut self, needed: usize, hinted: usize) -> Result<(), Failure> {
        let least = self.len.checked_add(needed).ok_or(Failure::Overflow)?;
        debug_assert!(least > self.capacity && needed <= hinted);
        let hinted = self.len.saturating_add(hinted);
        let doubled = self.len.saturating_mul(2).max(FEW).max(least);
        let in_place = self.block.room().saturating_sub(self.front());
        let in_place = in_place.checked_div(size_of::<T>()).unwrap_or(0);
        let wanted = if hinted <= in_place {
            let ahead = self.len.saturating_mul(AHEAD);
            ahead.max(hinted).min(in_place)
        } else {
            doubled.max(hinted)
        };
        self.grow(wanted)
            .or_else(|_| self.grow(doubled))
            .or_else(|_| self.grow(least))
    }

    fn grow(&mut self, capacity: usize) -> Result<(), Failure> {
        self.block.grow(self.layout(capacity)?)?;
        self.set_capacity(capacity);
        Ok(())
    }

    /// Items without bytes have all the room there is.
    #[inline]
    fn set_capacity(&mut self, capacity: usize) {
        self.capacity = if size_of::<T>() == 0 {
            usize::MAX
        } else {
            capacity
        };
    }

    /// The first item's place.
    ///
    /// # Safety
    ///
    /// There is a block, with room for one item at least, or items have no front and no bytes.
    #[inline]
    unsafe fn first(&self) -> NonNull<T> {
        // SAFETY: the front is part of the block.
        unsafe { self.block.start().add(self.front()) }.cast()
    }

    /// # Safety
    ///
    /// There is room for one more.
    #[inline]
    pub(crate) unsafe fn push(&mut self, item: T) {
        debug_assert!(self.len < self.capacity);
        // SAFETY: where there is room there is a block.
        let first = unsafe { self.first() };
        // SAFETY: `len` is below the capacity of the block (I4).
        let place = unsafe { first.add(self.len) };
        // SAFETY: as above.
        unsafe { place.write(item) };
        self.len += 1;
    }

    /// Moves items in.
    ///
    /// # Safety
    ///
    /// There is room for them, and nobody else uses or drops them afterwards.
    #[inline]
    pub(crate) unsafe fn append(&mut self, items: &[T]) {
        debug_assert!(items.len() <= self.capacity - self.len);
        if items.is_empty() {
            return;
        }
        // SAFETY: where there is room there is a block.
        let first = unsafe { self.first() };
        // SAFETY: the caller's promise.
        let place = unsafe { first.add(self.len) };
        // SAFETY: the place is in a block of ours, which overlaps nothing (I4).
        unsafe { place.copy_from_nonoverlapping(NonNull::from(items).cast(), items.len()) };
        self.len += items.len();
    }

    /// Takes copies of items. The arena's tip was `tip` before the first ones.
    pub(crate) fn copy(&mut self, items: &[T], tip: usize) -> Result<(), Failure>
    where
        T: Copy,
    {
        let Some(rest) = items.len().checked_sub(1) else {
            return Ok(());
        };
        if self.capacity - self.len < items.len() {
            let quiet = self.home.alloc.tip() == tip;
            self.make_room(items.len(), (rest, None), quiet)?;
        }
        // SAFETY: there is room for them, and they are copied.
        unsafe { self.append(items) };
        Ok(())
    }

    /// Makes the first `count` items, as zeroes.
    ///
    /// # Safety
    ///
    /// There are no items yet, and there is room for `count`, which is not zero.
    #[cfg(feature = "zerocopy")]
    pub(crate) unsafe fn zero(&mut self, count: usize)
    where
        T: zerocopy::FromZeros,
    {
        debug_assert!(self.len == 0 && count <= self.capacity);
        // SAFETY: the caller's promise.
        let first = unsafe { self.first() };
        // SAFETY: the caller's promise (I4).
        unsafe { first.write_bytes(0, count) };
        // Zeroes are a value of the type.
        self.len = count;
    }

    /// Hands the items out, and gives the rest of the block back.
    #[inline]
    pub(crate) fn finish(self) -> &'a mut [T]
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
        // No overflow: the block has as many bytes.
        let start = block.keep_front(this.front() + size_of::<T>() * this.len);
        // SAFETY: the front is part of the block.
        let first = unsafe { start.add(this.front()) }.cast::<T>();
        if this.has_entry() {
            // SAFETY: an entry with `len` items behind it, which stay until the list runs.
            unsafe { this.home.drops.push_many(start.cast::<Many<T>>(), this.len) };
        }
        // SAFETY: `len` initialized items, and this is the one reference to them for `'a`, see
        // `Home`.
        unsafe { slice::from_raw_parts_mut(first.as_ptr(), this.len) }
    }
}

impl<T, A: BlinkAllocator, H: Head> Drop for Items<'_, T, A, H> {
    fn drop(&mut self) {
        if self.len == 0 {
            return;
        }
        // SAFETY: where there are items there is a block.
        let first = unsafe { self.first() };
        let items = NonNull::slice_from_raw_parts(first, self.len);
        // The block goes back as a field, even if an item panics.
        // SAFETY: initialized, and promised to nobody.
        unsafe { items.drop_in_place() };
    }
}
