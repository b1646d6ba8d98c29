//! A vector that grows in an arena, and becomes a slice of it.
//!
//! The vector is that of allocator-api2; what is here is how it begins on an adaptor and ends as
//! a slice, and what can fail without a panic. What it has in common with the vector of std is in
//! `vec/traits`.

mod into_items;
mod traits;

use core::{
    alloc::Layout,
    mem,
    ops::{Deref, DerefMut},
    ptr,
};

use allocator_api2::{
    alloc::{AllocError, Allocator},
    vec::{self, Vec},
};

pub use self::into_items::IntoItems;
use crate::{
    drop_list::Unsized,
    error::{Mode, Panics, Returns, infallible},
    handle::Handle,
    holds::Holds,
    reserved::Reserved,
};

/// A vector in an arena, on `H`: `&Blink` of any mode, or `&Frame`.
///
/// It derefs to the [`Vec`] of allocator-api2: so it has all of its methods that borrow, and those
/// below. ([`into_vec`](Self::into_vec) is the way to the others.) While nothing else is put into
/// the arena it grows in place.
///
/// [`Blink::vec`](crate::Blink::vec) and [`Frame::vec`](crate::Frame::vec) make one without naming
/// the handle, for a `SendBlink` or in the closure of `scope`, too.
///
/// A vector that is dropped drops its items, and its memory goes back if nothing stands behind
/// it. One that is complete becomes a slice that lives as long as what is put into the arena:
/// [`into_slice`](Self::into_slice) if the items are to be dropped then, as by
/// [`put`](crate::Blink::put), [`into_slice_no_drop`](Self::into_slice_no_drop) if they borrow.
///
/// [`blink_vec!`](crate::blink_vec) makes one of some items.
///
/// # Examples
///
/// ```
/// use blink_alloc::{Blink, BlinkVec};
///
/// let mut blink = Blink::new();
/// let mut words = BlinkVec::new_in(&blink);
/// for word in "to be or not to be".split(' ') {
///     if !words.contains(&word) {
///         words.push(word);
///     }
/// }
/// words.sort();
/// let words: &mut [&str] = words.into_slice_no_drop();
/// assert_eq!(words, ["be", "not", "or", "to"]);
/// blink.reset();
/// ```
///
/// In a struct, and with items that are dropped with the arena:
///
/// ```
/// use blink_alloc::{Blink, BlinkVec};
///
/// struct Log<'a> {
///     lines: BlinkVec<String, &'a Blink>,
/// }
///
/// let blink = Blink::new();
/// let mut log = Log { lines: BlinkVec::new_in(&blink) };
/// log.lines.push("started".to_owned());
/// log.lines.extend((1..3).map(|n| format!("step {n}")));
/// let lines: &mut [String] = log.lines.into_slice(); // dropped with `blink`
/// assert_eq!(lines.concat(), "startedstep 1step 2");
/// ```
pub struct BlinkVec<T, H: Allocator>(Vec<T, H>);

impl<T, H: Allocator> BlinkVec<T, H> {
    /// An empty vector. Allocates nothing yet.
    #[inline(always)]
    pub const fn new_in(handle: H) -> Self {
        Self(Vec::new_in(handle))
    }

    /// An empty vector with room for `capacity` items.
    ///
    /// # Panics
    ///
    /// When so many items have no layout.
    ///
    /// # Examples
    ///
    /// ```
    /// # use blink_alloc::{Blink, BlinkVec};
    /// let blink = Blink::new();
    /// let numbers = BlinkVec::<u32, _>::with_capacity_in(100, &blink);
    /// assert!(numbers.is_empty() && numbers.capacity() >= 100);
    /// ```
    #[inline]
    pub fn with_capacity_in(capacity: usize, handle: H) -> Self {
        Self(Vec::with_capacity_in(capacity, handle))
    }

    /// [`with_capacity_in`](Self::with_capacity_in), but returns an error where memory cannot be
    /// had.
    ///
    /// # Errors
    ///
    /// When memory cannot be had, or so many items have no layout.
    pub fn try_with_capacity_in(capacity: usize, handle: H) -> Result<Self, AllocError> {
        let mut items = Vec::new_in(handle);
        items.try_reserve_exact(capacity).map_err(|_| AllocError)?;
        Ok(Self(items))
    }

    /// A vector of the items of an iterator.
    ///
    /// What is only collected, and does not grow later, goes in by
    /// [`fill_iter`](crate::Blink::fill_iter).
    ///
    /// # Examples
    ///
    /// ```
    /// # use blink_alloc::{Blink, BlinkVec};
    /// let blink = Blink::new();
    /// let mut squares = BlinkVec::from_iter_in((1..4).map(|n| n * n), &blink);
    /// squares.push(16);
    /// assert_eq!(squares, [1, 4, 9, 16]);
    /// ```
    pub fn from_iter_in(iter: impl IntoIterator<Item = T>, handle: H) -> Self {
        let mut items = Self::new_in(handle);
        items.0.extend(iter);
        items
    }

    /// [`from_iter_in`](Self::from_iter_in), but returns what there is where memory cannot be had.
    ///
    /// # Errors
    ///
    /// The items so far, and the one that had no room.
    pub fn try_from_iter_in(
        iter: impl IntoIterator<Item = T>,
        handle: H,
    ) -> Result<Self, (Self, T)> {
        let mut items = Self::new_in(handle);
        match items.try_extend(iter) {
            Ok(()) => Ok(items),
            Err(item) => Err((items, item)),
        }
    }

    /// A vector of the items of an array, which it gives back where memory cannot be had. Without
    /// `try`, an array goes in by [`from_iter_in`](Self::from_iter_in).
    ///
    /// # Errors
    ///
    /// The array.
    pub fn try_from_array_in<const N: usize>(items: [T; N], handle: H) -> Result<Self, [T; N]> {
        match Self::try_with_capacity_in(N, handle) {
            Ok(mut vec) => {
                vec.0.extend(items);
                Ok(vec)
            }
            Err(_) => Err(items),
        }
    }

    /// A vector of `count` items: clones of `item`, and `item` itself as the last.
    ///
    /// # Panics
    ///
    /// When so many items have no layout.
    pub fn from_elem_in(item: T, count: usize, handle: H) -> Self
    where
        T: Clone,
    {
        Self(vec::from_elem_in(item, count, handle))
    }

    /// [`from_elem_in`](Self::from_elem_in), but gives the item back where memory cannot be had.
    ///
    /// # Errors
    ///
    /// The item: it was not cloned then.
    pub fn try_from_elem_in(item: T, count: usize, handle: H) -> Result<Self, T>
    where
        T: Clone,
    {
        match Self::try_with_capacity_in(count, handle) {
            Ok(mut vec) => {
                vec.0.resize(count, item);
                Ok(vec)
            }
            Err(_) => Err(item),
        }
    }

    /// `push`, but gives the item back where memory cannot be had.
    ///
    /// # Errors
    ///
    /// The item.
    ///
    /// # Examples
    ///
    /// ```
    /// # use blink_alloc::{Blink, BlinkVec};
    /// let blink = Blink::new();
    /// let mut numbers = BlinkVec::with_capacity_in(1, &blink);
    /// blink.allocator().set_limit(Some(0));
    /// while numbers.try_push(7).is_ok() {}
    /// assert_eq!(numbers.try_push(8), Err(8));
    /// ```
    #[inline]
    pub fn try_push(&mut self, item: T) -> Result<(), T> {
        if self.0.len() == self.0.capacity() && self.make_room(1).is_err() {
            return Err(item);
        }
        self.0.push(item);
        Ok(())
    }

    /// `insert`, but gives the item back where memory cannot be had.
    ///
    /// # Errors
    ///
    /// The item.
    ///
    /// # Panics
    ///
    /// When `index` is greater than the length.
    pub fn try_insert(&mut self, index: usize, item: T) -> Result<(), T> {
        // A wrong index is the same mistake with and without memory.
        assert!(index <= self.0.len(), "no place {index} to insert at");
        if self.make_room(1).is_err() {
            return Err(item);
        }
        self.0.insert(index, item);
        Ok(())
    }

    /// `extend`, but stops where memory cannot be had.
    ///
    /// # Errors
    ///
    /// The item that had no room. Those before it are in the vector.
    pub fn try_extend(&mut self, iter: impl IntoIterator<Item = T>) -> Result<(), T> {
        let mut iter = iter.into_iter();
        while let Some(item) = iter.next() {
            if self.0.len() == self.0.capacity() {
                // A hint: where as much cannot be had, one item may have room still.
                let hint = iter.size_hint().0.saturating_add(1);
                let _ = self.make_room(hint);
            }
            self.try_push(item)?;
        }
        Ok(())
    }

    /// `extend_from_slice`, but returns an error where memory cannot be had.
    ///
    /// # Errors
    ///
    /// When memory cannot be had: nothing was cloned then.
    pub fn try_extend_from_slice(&mut self, items: &[T]) -> Result<(), AllocError>
    where
        T: Clone,
    {
        self.make_room(items.len())?;
        self.0.extend_from_slice(items);
        Ok(())
    }

    /// Copies items to the end, at once: `extend_from_slice` asks for each whether it has room.
    ///
    /// # Panics
    ///
    /// When so many items have no layout.
    ///
    /// # Examples
    ///
    /// ```
    /// # use blink_alloc::{Blink, blink_vec};
    /// let blink = Blink::new();
    /// let mut numbers = blink_vec![in &blink; 1, 2];
    /// numbers.extend_copy(&[3, 4]);
    /// assert_eq!(numbers, [1, 2, 3, 4]);
    /// ```
    #[inline]
    pub fn extend_copy(&mut self, items: &[T])
    where
        T: Copy,
    {
        self.0.reserve(items.len());
        // SAFETY: there is room for them.
        unsafe { self.append_copy(items) };
    }

    /// [`extend_copy`](Self::extend_copy), but returns an error where memory cannot be had.
    ///
    /// # Errors
    ///
    /// When memory cannot be had: nothing was copied then.
    #[inline]
    pub fn try_extend_copy(&mut self, items: &[T]) -> Result<(), AllocError>
    where
        T: Copy,
    {
        self.make_room(items.len())?;
        // SAFETY: there is room for them.
        unsafe { self.append_copy(items) };
        Ok(())
    }

    /// # Safety
    ///
    /// There is room for them.
    #[inline]
    unsafe fn append_copy(&mut self, items: &[T])
    where
        T: Copy,
    {
        let len = self.0.len();
        debug_assert!(items.len() <= self.0.capacity() - len);
        // SAFETY: the first place behind the items is in the block, or at its end.
        let place = unsafe { self.0.as_mut_ptr().add(len) };
        // SAFETY: the caller's promise; a block that is borrowed exclusively overlaps nothing.
        unsafe { ptr::copy_nonoverlapping(items.as_ptr(), place, items.len()) };
        // SAFETY: written just now.
        unsafe { self.0.set_len(len + items.len()) };
    }

    /// Makes room for more items: for as many as a vector takes when it grows, or else for these.
    pub(crate) fn make_room(&mut self, additional: usize) -> Result<(), AllocError> {
        let reserved = self.0.try_reserve(additional);
        reserved
            .or_else(|_| self.0.try_reserve_exact(additional))
            .map_err(|_| AllocError)
    }

    /// `resize`, but gives the value back where memory cannot be had.
    ///
    /// # Errors
    ///
    /// The value: it was not cloned then.
    pub fn try_resize(&mut self, len: usize, value: T) -> Result<(), T>
    where
        T: Clone,
    {
        let more = len.saturating_sub(self.0.len());
        if self.make_room(more).is_err() {
            return Err(value);
        }
        self.0.resize(len, value);
        Ok(())
    }

    /// The items as a slice of the arena, to be dropped at the end, as what is
    /// [`put`](crate::Blink::put) is. Room for more goes back, if nothing stands behind it.
    ///
    /// The items stay where they are. If they need to be dropped, an entry of four words says so.
    ///
    /// # Examples
    ///
    /// ```
    /// # use blink_alloc::{Blink, BlinkVec};
    /// let blink = Blink::new();
    /// let mut names = BlinkVec::new_in(&blink);
    /// names.push("a name".to_owned());
    /// let names: &mut [String] = names.into_slice();
    /// assert_eq!(names, ["a name"]);
    /// ```
    #[inline]
    pub fn into_slice<'a>(self) -> &'a mut [T]
    where
        T: 'static,
        H: Handle<'a, Mode: Holds<T>>,
    {
        infallible(self.owe::<Panics>())
    }

    /// [`into_slice`](Self::into_slice), but gives the vector back where memory for the entry
    /// cannot be had.
    ///
    /// # Errors
    ///
    /// The vector, without room for more.
    #[inline]
    pub fn try_into_slice<'a>(self) -> Result<&'a mut [T], Self>
    where
        T: 'static,
        H: Handle<'a, Mode: Holds<T>>,
    {
        self.owe::<Returns>()
    }

    /// The items as a slice of the arena, which are never dropped. They may borrow, from the arena
    /// too. Room for more goes back, if nothing stands behind it.
    ///
    /// # Examples
    ///
    /// ```
    /// # use blink_alloc::{Blink, BlinkVec};
    /// let text = String::from("a b");
    /// let blink = Blink::new();
    /// let words = BlinkVec::from_iter_in(text.split(' '), &blink);
    /// let words: &mut [&str] = words.into_slice_no_drop();
    /// assert_eq!(words, ["a", "b"]);
    /// ```
    #[inline]
    pub fn into_slice_no_drop<'a>(mut self) -> &'a mut [T]
    where
        H: Handle<'a>,
    {
        if self.0.is_empty() {
            // The block goes back.
            return &mut [];
        }
        self.0.shrink_to_fit();
        let items: *mut [T] = self.0.leak();
        // SAFETY: the slice is nobody else's, and its block stays for `'a`: it does not grow any
        // more, so the handle need not be borrowed (I9).
        unsafe { &mut *items }
    }

    /// [`into_slice`](Self::into_slice), over the error mode.
    fn owe<'a, M: Mode>(mut self) -> Result<&'a mut [T], M::Error<Self>>
    where
        H: Handle<'a>,
    {
        if self.0.is_empty() || !mem::needs_drop::<T>() {
            return Ok(self.into_slice_no_drop());
        }
        // Before the entry stands behind it.
        self.0.shrink_to_fit();
        // That of this vector, and not of another that it was swapped with.
        // SAFETY: the vector borrows the handle, and is used until the end of this.
        let home = unsafe { self.0.allocator().adaptor() }.home();
        let entry = match Reserved::new(home.alloc, Layout::new::<Unsized<[T]>>()) {
            Ok(entry) => entry.keep().cast::<Unsized<[T]>>(),
            Err(failure) => return Err(M::error(M::refuse(failure), self)),
        };
        let items: *mut [T] = self.0.leak();
        // SAFETY: an entry, and items that stay where they are until the list runs. Both callers
        // ask for `Holds` and `'static` (I6, I7).
        unsafe { home.drops.push_unsized(entry, items) };
        // SAFETY: as in `into_slice_no_drop`.
        Ok(unsafe { &mut *items })
    }

    /// The vector of allocator-api2 that this is.
    #[inline(always)]
    pub fn into_vec(self) -> Vec<T, H> {
        self.0
    }
}

/// The methods of allocator-api2's vector that borrow it.
impl<T, H: Allocator> Deref for BlinkVec<T, H> {
    type Target = Vec<T, H>;

    #[inline(always)]
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<T, H: Allocator> DerefMut for BlinkVec<T, H> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}
