//! Values on their way into an arena: a block is allocated, written, and handed out.
//!
//! Every operation of the adaptors that takes one block is written here once, over the error
//! mode; slices that are made item by item are in `collect`. Which values may go in, and which
//! are dropped, is decided by the adaptors.

use core::{
    alloc::Layout,
    hint,
    mem::{self, ManuallyDrop, MaybeUninit},
    ptr::{self, NonNull},
    slice,
};

use crate::{
    api::BlinkAllocator,
    drop_list::{DropList, Head, One},
    error::{Failure, Mode},
    reserved::Vacant,
};

/// An arena, and the list of destructors to go with it.
///
/// What is put in stays for `'a`: the allocator is borrowed that long, so nobody resets it,
/// and so is the list, so nobody runs it. Every call returns memory of its own.
pub(crate) struct Home<'a, A, H> {
    pub alloc: &'a A,
    pub drops: &'a DropList<H>,
}

impl<A, H> Clone for Home<'_, A, H> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<A, H> Copy for Home<'_, A, H> {}

impl<'a, A: BlinkAllocator, H: Head> Home<'a, A, H> {
    /// Moves a value in, to be dropped with the list if `drop` says so and it needs it.
    #[inline(always)]
    pub(crate) fn value<T, M: Mode>(self, value: T, drop: bool) -> Result<&'a mut T, M::Error<T>> {
        if drop && mem::needs_drop::<T>() {
            match self.alloc.allocate_type::<One<T>>() {
                // SAFETY: the block has the layout of the entry.
                Some(block) => Ok(unsafe { self.write_entry(block.cast(), value) }),
                None => self.value_cold::<T, M, true>(value),
            }
        } else if size_of::<T>() == 0 {
            // I11. The value lives on at the dangling address.
            mem::forget(value);
            // SAFETY: any aligned pointer is good for a type without bytes.
            Ok(unsafe { NonNull::dangling().as_mut() })
        } else {
            match self.alloc.allocate_type::<T>() {
                // SAFETY: the block has the layout of the value.
                Some(block) => Ok(unsafe { write(block.cast(), value) }),
                None => self.value_cold::<T, M, false>(value),
            }
        }
    }

    /// Leaves the fast path of [`value`](Self::value) for good: nothing of it is done after
    /// the call, so it saves no registers.
    ///
    /// A result that does not fit into a register comes back by address, as the last argument:
    /// the other arguments are in their registers already, and only the cold path has a frame,
    /// whether the caller returns the result as it is or matches it.
    ///
    /// A value that does not fit into registers goes by the address of a copy. Were it the
    /// address of the value itself, the compiler would build every value on the stack and copy
    /// it from there on the fast path too.
    #[inline(always)]
    fn value_cold<T, M: Mode, const DROP: bool>(self, value: T) -> Result<&'a mut T, M::Error<T>> {
        let Self { alloc, drops } = self;
        let is_small = size_of::<T>() <= 2 * size_of::<usize>();
        let fits = size_of::<Result<&mut T, M::Error<T>>>() == size_of::<usize>();
        if is_small && fits {
            return value_slow::<A, H, T, M, DROP>(alloc, value, drops);
        }
        let mut result = MaybeUninit::uninit();
        if is_small {
            value_slow_into::<A, H, T, M, DROP>(alloc, value, drops, &mut result);
        } else {
            let value = ManuallyDrop::new(value);
            // SAFETY: a copy to which nobody owes a destructor yet.
            let copy = unsafe { (&raw const value).cast::<MaybeUninit<T>>().read() };
            // Where a closure around this is optimized before it is inlined, the compiler sees that
            // the copy is as good as its source, and takes that: a tree of 24-byte nodes was
            // built 1.3 times as slowly.
            let copy = hint::black_box(copy);
            if fits {
                // SAFETY: the copy is initialized and moved out of once, instead of the value.
                return unsafe {
                    large_value_slow::<A, H, T, M, DROP>(alloc, copy.as_ptr(), drops)
                };
            }
            let copy = copy.as_ptr();
            // SAFETY: as above.
            unsafe { large_value_slow_into::<A, H, T, M, DROP>(alloc, copy, drops, &mut result) };
        }
        // SAFETY: both have written it.
        unsafe { result.assume_init() }
    }

    /// Writes an entry and adds it to the list.
    ///
    /// # Safety
    ///
    /// `entry` is a new block with the layout of a `One<T>`.
    #[inline(always)]
    pub(crate) unsafe fn write_entry<T>(self, entry: NonNull<One<T>>, value: T) -> &'a mut T {
        // SAFETY: the caller's promise.
        let mut place = unsafe { One::value(entry) };
        // SAFETY: the place lies within the block (I4).
        unsafe { place.write(value) };
        // SAFETY: the value is written, and stays until the list runs.
        unsafe { self.drops.push_one(entry) };
        // SAFETY: initialized, and this is the one reference to it for `'a`, see `Home`.
        unsafe { place.as_mut() }
    }

    /// Puts the result of `f` into the arena. Its place is reserved before `f` runs, so that a
    /// failure can return `f`.
    #[inline(always)]
    pub(crate) fn with<T, F, M: Mode>(self, f: F, drop: bool) -> Result<&'a mut T, M::Error<F>>
    where
        F: FnOnce() -> T,
    {
        match Vacant::new(self, drop) {
            Ok(vacant) => Ok(vacant.fill(f())),
            Err(failure) => Err(M::error(M::refuse(failure), f)),
        }
    }

    /// [`with`](Self::with) for a closure that may fail. The place is that of a `T`, whatever
    /// the size of an `E` (I4), and goes back where there is nothing to write.
    #[inline(always)]
    pub(crate) fn with_fallible<T, E, F, M: Mode>(
        self,
        f: F,
        drop: bool,
    ) -> Result<Result<&'a mut T, E>, M::Error<F>>
    where
        F: FnOnce() -> Result<T, E>,
    {
        match Vacant::new(self, drop) {
            Ok(vacant) => Ok(f().map(|value| vacant.fill(value))),
            Err(failure) => Err(M::error(M::refuse(failure), f)),
        }
    }

    /// Allocates a place for a value.
    #[inline(always)]
    pub(crate) fn uninit<T, M: Mode>(self) -> Result<&'a mut MaybeUninit<T>, M::Refused> {
        if size_of::<T>() == 0 {
            // SAFETY: any aligned pointer is good for a type without bytes.
            return Ok(unsafe { NonNull::dangling().as_mut() });
        }
        let layout = Layout::new::<T>();
        let block = match self.alloc.allocate_type::<T>() {
            Some(block) => block,
            None => uninit_slow::<A, M>(self.alloc, layout)?,
        };
        // SAFETY: the block has the layout of the place, which is never uninitialized.
        Ok(unsafe { block.cast().as_mut() })
    }

    /// Allocates a slice of places.
    #[inline(always)]
    pub(crate) fn uninit_slice<T, M: Mode>(
        self,
        count: usize,
    ) -> Result<&'a mut [MaybeUninit<T>], M::Refused> {
        let Ok(layout) = Layout::array::<T>(count) else {
            return Err(M::refuse(Failure::Overflow));
        };
        // I11.
        if layout.size() == 0 {
            return Ok(empty(count));
        }
        let block = match self.alloc.allocate_fast(layout) {
            Some(block) => block,
            None => uninit_slow::<A, M>(self.alloc, layout)?,
        };
        // SAFETY: the block has the layout of so many places, which are never uninitialized, and
        // this is the one reference to it.
        Ok(unsafe { slice::from_raw_parts_mut(block.cast().as_ptr(), count) })
    }

    /// Copies a slice.
    #[inline(always)]
    pub(crate) fn copy_slice<T: Copy, M: Mode>(
        self,
        source: &[T],
    ) -> Result<&'a mut [T], M::Refused> {
        // I11. Without bytes and without alignment the cursor stays where it is anyway (but
        // for a red zone).
        if align_of::<T>() > 1 && size_of_val(source) == 0 {
            return Ok(empty(source.len()));
        }
        match self.alloc.allocate_fast(Layout::for_value(source)) {
            // SAFETY: the block has the layout of the slice.
            Some(block) => Ok(unsafe { write_slice(block.cast(), source) }),
            None => copy_slice_slow::<A, T, M>(self.alloc, source),
        }
    }
}

/// [`Home::value`] where more than a few instructions are needed.
#[inline(always)]
#[expect(clippy::mut_from_ref, reason = "every call returns other memory")]
fn value_rest<'a, A: BlinkAllocator, H: Head, T, M: Mode, const DROP: bool>(
    alloc: &'a A,
    value: T,
    drops: &'a DropList<H>,
) -> Result<&'a mut T, M::Error<T>> {
    let layout = if DROP {
        Layout::new::<One<T>>()
    } else {
        Layout::new::<T>()
    };
    match alloc.allocate_rest(layout) {
        // SAFETY: the block has the layout of the entry.
        Ok(block) if DROP => Ok(unsafe { Home { alloc, drops }.write_entry(block.cast(), value) }),
        // SAFETY: the block has the layout of the value.
        Ok(block) => Ok(unsafe { write(block.cast(), value) }),
        Err(_) => Err(M::error(M::refuse(Failure::Refused(layout)), value)),
    }
}

#[cold]
#[inline(never)]
fn value_slow<'a, A: BlinkAllocator, H: Head, T, M: Mode, const DROP: bool>(
    alloc: &'a A,
    value: T,
    drops: &'a DropList<H>,
) -> Result<&'a mut T, M::Error<T>> {
    value_rest::<A, H, T, M, DROP>(alloc, value, drops)
}

#[cold]
#[inline(never)]
fn value_slow_into<'a, A: BlinkAllocator, H: Head, T, M: Mode, const DROP: bool>(
    alloc: &'a A,
    value: T,
    drops: &'a DropList<H>,
    result: &mut MaybeUninit<Result<&'a mut T, M::Error<T>>>,
) {
    result.write(value_rest::<A, H, T, M, DROP>(alloc, value, drops));
}

/// [`value_slow`] for a value by address.
///
/// # Safety
///
/// `value` is initialized and not used afterwards.
#[cold]
#[inline(never)]
#[expect(clippy::mut_from_ref, reason = "every call returns other memory")]
unsafe fn large_value_slow<'a, A: BlinkAllocator, H: Head, T, M: Mode, const DROP: bool>(
    alloc: &'a A,
    value: *const T,
    drops: &'a DropList<H>,
) -> Result<&'a mut T, M::Error<T>> {
    // SAFETY: the caller's promise.
    let value = unsafe { value.read() };
    value_rest::<A, H, T, M, DROP>(alloc, value, drops)
}

/// [`value_slow_into`] for a value by address.
///
/// # Safety
///
/// As [`large_value_slow`].
#[cold]
#[inline(never)]
unsafe fn large_value_slow_into<'a, A: BlinkAllocator, H: Head, T, M: Mode, const DROP: bool>(
    alloc: &'a A,
    value: *const T,
    drops: &'a DropList<H>,
    result: &mut MaybeUninit<Result<&'a mut T, M::Error<T>>>,
) {
    // SAFETY: the caller's promise.
    let value = unsafe { value.read() };
    result.write(value_rest::<A, H, T, M, DROP>(alloc, value, drops));
}

#[cold]
#[inline(never)]
fn uninit_slow<A: BlinkAllocator, M: Mode>(
    alloc: &A,
    layout: Layout,
) -> Result<NonNull<u8>, M::Refused> {
    match alloc.allocate_rest(layout) {
        Ok(block) => Ok(block.cast()),
        Err(_) => Err(M::refuse(Failure::Refused(layout))),
    }
}

/// [`Home::copy_slice`] where more than a few instructions are needed.
#[cold]
#[inline(never)]
#[expect(clippy::mut_from_ref, reason = "every call returns other memory")]
fn copy_slice_slow<'a, A: BlinkAllocator, T: Copy, M: Mode>(
    alloc: &'a A,
    source: &[T],
) -> Result<&'a mut [T], M::Refused> {
    let layout = Layout::for_value(source);
    match alloc.allocate_rest(layout) {
        // SAFETY: the block has the layout of the slice.
        Ok(block) => Ok(unsafe { write_slice(block.cast(), source) }),
        Err(_) => Err(M::refuse(Failure::Refused(layout))),
    }
}

/// A slice without bytes. Cold, so that the fast path of a copy has one end.
#[cold]
#[inline(never)]
fn empty<'a, T>(len: usize) -> &'a mut [T] {
    debug_assert!(len == 0 || size_of::<T>() == 0);
    // SAFETY: any aligned pointer is good for a slice without bytes.
    unsafe { slice::from_raw_parts_mut(NonNull::dangling().as_ptr(), len) }
}

/// Writes a value.
///
/// # Safety
///
/// `place` is a new block with the layout of a `T` that stays for `'a`.
#[inline(always)]
pub(crate) unsafe fn write<'a, T>(mut place: NonNull<T>, value: T) -> &'a mut T {
    // SAFETY: the caller's promise (I4).
    unsafe { place.write(value) };
    // SAFETY: initialized, and this is the one reference to it.
    unsafe { place.as_mut() }
}

/// Writes a copy of a slice.
///
/// # Safety
///
/// `place` is a new block with the layout of `source` that stays for `'a`.
#[inline(always)]
unsafe fn write_slice<'a, T: Copy>(place: NonNull<T>, source: &[T]) -> &'a mut [T] {
    let len = source.len();
    if size_of::<T>() == 1 {
        if len > 32 {
            // SAFETY: the caller's promise, and items of one byte.
            return unsafe { write_middle_slice(place, source) };
        }
        // SAFETY: `len` bytes there and here, and a new block overlaps nothing.
        unsafe { copy_short(source.as_ptr().cast(), place.as_ptr().cast(), len) };
    } else {
        // SAFETY: as above.
        unsafe { ptr::copy_nonoverlapping(source.as_ptr(), place.as_ptr(), len) };
    }
    // SAFETY: initialized, and this is the one reference to it.
    unsafe { slice::from_raw_parts_mut(place.as_ptr(), len) }
}

/// [`write_slice`] of 33 to 64 bytes by four moves, and of more by [`write_long_slice`]. Not
/// inlined, and without a call of its own that it would save registers for.
///
/// # Safety
///
/// As [`write_slice`], and the slice has more than 32 items, of one byte each.
#[inline(never)]
unsafe fn write_middle_slice<'a, T: Copy>(place: NonNull<T>, source: &[T]) -> &'a mut [T] {
    let len = source.len();
    if len > 64 {
        // SAFETY: the caller's promise.
        return unsafe { write_long_slice(place, source) };
    }
    // SAFETY: `len` bytes there and here, and a new block overlaps nothing.
    unsafe { copy_ends::<32>(source.as_ptr().cast(), place.as_ptr().cast(), len) };
    // SAFETY: initialized, and this is the one reference to it.
    unsafe { slice::from_raw_parts_mut(place.as_ptr(), len) }
}

/// [`write_slice`] by `memcpy`. Not inlined: the registers that are saved around the call are
/// not saved for short slices (6 of 22 instructions).
///
/// # Safety
///
/// As [`write_slice`].
#[inline(never)]
unsafe fn write_long_slice<'a, T: Copy>(place: NonNull<T>, source: &[T]) -> &'a mut [T] {
    // SAFETY: a new block with the layout of the source overlaps nothing.
    unsafe { ptr::copy_nonoverlapping(source.as_ptr(), place.as_ptr(), source.len()) };
    // SAFETY: initialized, and this is the one reference to it.
    unsafe { slice::from_raw_parts_mut(place.as_ptr(), source.len()) }
}

/// Copies up to 32 bytes by two overlapping moves, instead of a call of `memcpy`.
///
/// # Safety
///
/// `len` bytes can be read at `source` and written at `place`, the ranges do not overlap, and
/// `len` is at most 32.
#[inline(always)]
unsafe fn copy_short(source: *const u8, place: *mut u8, len: usize) {
    match len {
        // SAFETY: the bounds of each range are those of `copy_ends`.
        16.. => unsafe { copy_ends::<16>(source, place, len) },
        // SAFETY: as above.
        8..16 => unsafe { copy_ends::<8>(source, place, len) },
        // SAFETY: as above.
        4..8 => unsafe { copy_ends::<4>(source, place, len) },
        // SAFETY: as above.
        2..4 => unsafe { copy_ends::<2>(source, place, len) },
        // SAFETY: one byte there and here.
        1 => unsafe { ptr::copy_nonoverlapping(source, place, 1) },
        0 => {}
    }
}

/// Copies the first and the last `N` bytes, which together are all.
///
/// # Safety
///
/// `len` bytes can be read at `source` and written at `place`, the ranges do not overlap, and
/// `len` lies between `N` and `2 * N`.
#[inline(always)]
unsafe fn copy_ends<const N: usize>(source: *const u8, place: *mut u8, len: usize) {
    // Both loads come before the stores, as the bytes they are, initialized or not.
    // SAFETY: `N <= len`.
    let first = unsafe { source.cast::<MaybeUninit<[u8; N]>>().read() };
    // SAFETY: the last `N` of `len` bytes.
    let last_source = unsafe { source.add(len - N) };
    // SAFETY: as above.
    let last = unsafe { last_source.cast::<MaybeUninit<[u8; N]>>().read() };
    // SAFETY: `N <= len`.
    unsafe { place.cast::<MaybeUninit<[u8; N]>>().write(first) };
    // SAFETY: the last `N` of `len` bytes.
    let last_place = unsafe { place.add(len - N) };
    // SAFETY: as above.
    unsafe { last_place.cast::<MaybeUninit<[u8; N]>>().write(last) };
}
