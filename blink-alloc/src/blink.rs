//! The typed adaptor.
//!
//! [`Blink`] binds what `place` puts into an arena to lifetimes: references live as long as
//! the adaptor is borrowed, and what needs to be dropped is `'static`.

use core::{fmt, mem::MaybeUninit};

use crate::{
    api::BlinkAllocator,
    base::Global,
    drop_list::DropList,
    emplace::Emplace,
    error::{Panics, Returns, infallible},
    local::BlinkAlloc,
    place::Home,
};

/// An arena for values: put anything into it, get a mutable reference back, and have it
/// dropped when the arena is reset or dropped.
///
/// Works over any [`BlinkAllocator`]: [`BlinkAlloc`] by default, or a shared reference to
/// one, in which case a reset drops the values and leaves the memory to the owner of the
/// arena.
///
/// Methods that start with `try_` return an error where memory cannot be had, the others end
/// in `handle_alloc_error` (without feature `alloc`: panic).
///
/// # What is dropped, and when
///
/// Destructors run at [`reset`](Self::reset), [`drop_all`](Self::drop_all) or when the
/// adaptor is dropped, the newest value first. Such a value is `'static`, so that its
/// destructor cannot see a neighbour that is gone already. What borrows goes in by
/// [`put_no_drop`](Self::put_no_drop).
///
/// A `Blink` stays in its thread: it may hold values that are not `Send`, like an `Rc`, and
/// drops them where it is.
///
/// ```compile_fail,E0277
/// # use blink_alloc::Blink;
/// let blink = Blink::new();
/// std::thread::spawn(move || drop(blink));
/// ```
///
/// # Examples
///
/// ```
/// # #[cfg(feature = "alloc")] {
/// use blink_alloc::Blink;
///
/// let mut blink = Blink::new();
/// for round in 0..3 {
///     let name = blink.copy_str("round");
///     name.make_ascii_uppercase();
///     let names = blink.put(vec![name.to_owned(); round]); // dropped by `reset`
///     assert_eq!(names.len(), round);
///     blink.reset();
/// }
/// # }
/// ```
///
/// References end with the reset:
///
/// ```compile_fail,E0502
/// # use blink_alloc::Blink;
/// let mut blink = Blink::new();
/// let answer = blink.put(42);
/// blink.reset();
/// *answer += 1;
/// ```
#[repr(C)]
pub struct Blink<A = BlinkAlloc<Global>> {
    // The arena first, so that its cursor stands at the front of the adaptor.
    alloc: A,
    drops: DropList,
}

#[cfg(feature = "alloc")]
impl Blink<BlinkAlloc<Global>> {
    /// An empty adaptor over an arena of its own, which is over the global allocator.
    /// Allocates nothing yet.
    ///
    /// # Examples
    ///
    /// ```
    /// let blink = blink_alloc::Blink::new();
    /// assert_eq!(*blink.put(42), 42);
    /// ```
    #[inline(always)]
    pub const fn new() -> Self {
        Self::new_in(BlinkAlloc::new())
    }

    /// [`new`](Self::new), with a first chunk of `capacity` bytes. See
    /// [`BlinkAlloc::with_chunk_size`].
    #[inline(always)]
    pub const fn with_chunk_size(capacity: usize) -> Self {
        Self::new_in(BlinkAlloc::with_chunk_size(capacity))
    }
}

impl<A> Blink<A> {
    /// An empty adaptor over an arena.
    ///
    /// Over `&arena` the adaptor borrows the arena until it is dropped: to reset the arena
    /// itself, let the adaptor go out of scope first.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(feature = "alloc")] {
    /// use blink_alloc::{Blink, BlinkAlloc};
    ///
    /// let arena = BlinkAlloc::new();
    /// let blink = Blink::new_in(&arena);
    /// blink.put(42);
    /// assert!(arena.allocated_bytes() >= 4);
    /// # }
    /// ```
    #[inline(always)]
    pub const fn new_in(alloc: A) -> Self {
        Self {
            alloc,
            drops: DropList::new(),
        }
    }

    /// The arena.
    #[inline(always)]
    pub fn allocator(&self) -> &A {
        &self.alloc
    }

    /// Drops all values, newest first, and keeps the memory they had.
    ///
    /// # Panics
    ///
    /// When a destructor does. The other destructors run still.
    #[inline(always)]
    pub fn drop_all(&mut self) {
        self.drops.run();
    }
}

impl<A: BlinkAllocator> Blink<A> {
    #[inline(always)]
    fn home(&self) -> Home<'_, A> {
        Home {
            alloc: &self.alloc,
            drops: &self.drops,
        }
    }

    /// Drops all values, newest first, and resets the arena.
    ///
    /// # Panics
    ///
    /// When a destructor does. The other destructors run still, and the arena is reset.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(feature = "alloc")] {
    /// use blink_alloc::Blink;
    /// use std::rc::Rc;
    ///
    /// let mut blink = Blink::new();
    /// let counted = Rc::new(());
    /// blink.put(counted.clone());
    /// assert_eq!(Rc::strong_count(&counted), 2);
    /// blink.reset();
    /// assert_eq!(Rc::strong_count(&counted), 1);
    /// # }
    /// ```
    #[inline(always)]
    pub fn reset(&mut self) {
        if self.drops.is_empty() {
            self.alloc.reset();
        } else {
            self.drop_and_reset();
        }
    }

    #[inline(never)]
    fn drop_and_reset(&mut self) {
        /// Resets on drop, so that a panic of a destructor does not prevent it (I8).
        struct ResetLast<'a, A: BlinkAllocator>(&'a mut A);

        impl<A: BlinkAllocator> Drop for ResetLast<'_, A> {
            fn drop(&mut self) {
                self.0.reset();
            }
        }

        let _last = ResetLast(&mut self.alloc);
        self.drops.run();
    }

    /// Moves a value into the arena, to be dropped at the next reset. Costs as many
    /// instructions as it takes to copy the value, and ten more.
    ///
    /// The reference coerces to `&mut dyn Trait`, and the value is dropped all the same.
    ///
    /// What borrows can be put only if it needs no drop: see
    /// [`put_no_drop`](Self::put_no_drop).
    ///
    /// # Examples
    ///
    /// ```
    /// # let blink = blink_alloc::Blink::new();
    /// let number = blink.put(42);
    /// *number += 1;
    /// let shown: &mut dyn std::fmt::Display = blink.put(format!("{number}"));
    /// assert_eq!(shown.to_string(), "43");
    /// ```
    #[inline(always)]
    pub fn put<T: 'static>(&self, value: T) -> &mut T {
        infallible(self.home().value::<T, Panics>(value, true))
    }

    /// [`put`](Self::put), but gives the value back where memory cannot be had.
    ///
    /// # Errors
    ///
    /// The value.
    ///
    /// # Examples
    ///
    /// ```
    /// # let blink = blink_alloc::Blink::new();
    /// blink.allocator().set_limit(Some(0));
    /// assert_eq!(blink.try_put(42), Err(42));
    /// ```
    #[inline(always)]
    pub fn try_put<T: 'static>(&self, value: T) -> Result<&mut T, T> {
        self.home().value::<T, Returns>(value, true)
    }

    /// Moves a value into the arena, which is never dropped. It may borrow, from the arena
    /// too.
    ///
    /// # Examples
    ///
    /// ```
    /// # let blink = blink_alloc::Blink::new();
    /// struct Node<'a>(u32, Option<&'a Node<'a>>);
    ///
    /// let leaf: &Node = blink.put_no_drop(Node(1, None));
    /// let root = blink.put_no_drop(Node(2, Some(leaf)));
    /// assert_eq!(root.0 + root.1.unwrap().0, 3);
    /// ```
    #[inline(always)]
    pub fn put_no_drop<T>(&self, value: T) -> &mut T {
        infallible(self.home().value::<T, Panics>(value, false))
    }

    /// [`put_no_drop`](Self::put_no_drop), but gives the value back where memory cannot be
    /// had.
    ///
    /// # Errors
    ///
    /// The value.
    #[inline(always)]
    pub fn try_put_no_drop<T>(&self, value: T) -> Result<&mut T, T> {
        self.home().value::<T, Returns>(value, false)
    }

    /// Allocates a place for a value and leaves it uninitialized. What is written there is not
    /// dropped.
    ///
    /// # Examples
    ///
    /// ```
    /// # let blink = blink_alloc::Blink::new();
    /// let place = blink.uninit::<[u8; 256]>();
    /// assert_eq!(place.write([7; 256])[255], 7);
    /// ```
    #[inline(always)]
    pub fn uninit<T>(&self) -> &mut MaybeUninit<T> {
        infallible(self.home().uninit::<T, Panics>())
    }

    /// [`uninit`](Self::uninit), or `None` where memory cannot be had.
    #[inline(always)]
    pub fn try_uninit<T>(&self) -> Option<&mut MaybeUninit<T>> {
        self.home().uninit::<T, Returns>().ok()
    }

    /// Copies a slice into the arena.
    ///
    /// # Examples
    ///
    /// ```
    /// # let blink = blink_alloc::Blink::new();
    /// let sorted = blink.copy_slice(&[3, 1, 2]);
    /// sorted.sort();
    /// assert_eq!(sorted, [1, 2, 3]);
    /// ```
    #[inline(always)]
    pub fn copy_slice<T>(&self, slice: &[T]) -> &mut [T]
    where
        T: Copy,
    {
        infallible(self.home().copy_slice::<T, Panics>(slice))
    }

    /// [`copy_slice`](Self::copy_slice), or `None` where memory cannot be had.
    #[inline(always)]
    pub fn try_copy_slice<T>(&self, slice: &[T]) -> Option<&mut [T]>
    where
        T: Copy,
    {
        self.home().copy_slice::<T, Returns>(slice).ok()
    }

    /// Copies a string into the arena.
    ///
    /// # Examples
    ///
    /// ```
    /// # let blink = blink_alloc::Blink::new();
    /// let shout = blink.copy_str("hello");
    /// shout.make_ascii_uppercase();
    /// assert_eq!(shout, "HELLO");
    /// ```
    #[inline(always)]
    pub fn copy_str(&self, string: &str) -> &mut str {
        as_str(infallible(
            self.home().copy_slice::<u8, Panics>(string.as_bytes()),
        ))
    }

    /// [`copy_str`](Self::copy_str), or `None` where memory cannot be had.
    #[inline(always)]
    pub fn try_copy_str(&self, string: &str) -> Option<&mut str> {
        let bytes = self.home().copy_slice::<u8, Returns>(string.as_bytes());
        bytes.ok().map(as_str)
    }

    /// A builder that puts values in by closure or iterator, to be dropped at the next reset.
    ///
    /// # Examples
    ///
    /// ```
    /// # let blink = blink_alloc::Blink::new();
    /// let lengths = blink.emplace().from_iter("a bb ccc".split(' ').map(str::len));
    /// assert_eq!(lengths, [1, 2, 3]);
    /// ```
    #[inline(always)]
    pub fn emplace<T: 'static>(&self) -> Emplace<'_, A, T> {
        Emplace::new(self.home(), true)
    }

    /// [`emplace`](Self::emplace) for values that are never dropped. They may borrow, from the
    /// arena too.
    ///
    /// # Examples
    ///
    /// ```
    /// # let blink = blink_alloc::Blink::new();
    /// let text = String::from("to be or not");
    /// let words = blink.emplace_no_drop().from_iter(text.split(' '));
    /// words.reverse();
    /// assert_eq!(words, ["not", "or", "be", "to"]);
    /// ```
    #[inline(always)]
    pub fn emplace_no_drop<T>(&self) -> Emplace<'_, A, T> {
        Emplace::new(self.home(), false)
    }

    /// [`emplace_no_drop`](Self::emplace_no_drop) that hands out shared references, which can
    /// be copied.
    ///
    /// The values are **never dropped**. (The published 0.4 says in its documentation that
    /// they are, and does not do so either.) A destructor could use what the value borrows:
    /// values of the arena that are gone by then.
    ///
    /// # Examples
    ///
    /// ```
    /// # let blink = blink_alloc::Blink::new();
    /// struct Node<'a>(u32, &'a [Node<'a>]);
    ///
    /// let leaves = blink.emplace_shared().from_iter([Node(1, &[]), Node(2, &[])]);
    /// let twice = [Node(3, leaves), Node(4, leaves)];
    /// assert_eq!(twice[0].1[1].0 + twice[1].1[0].0, 3);
    /// ```
    #[inline(always)]
    pub fn emplace_shared<T>(&self) -> Emplace<'_, A, T, &T, &[T]> {
        Emplace::new(self.home(), false)
    }

    /// [`emplace`](Self::emplace) for values that borrow and are dropped all the same.
    ///
    /// # Safety
    ///
    /// Until the values are dropped, by a reset, by [`drop_all`](Self::drop_all) or with the
    /// adaptor, everything they borrow is alive. Their destructors do not use what was put
    /// into this arena after them, which is dropped before them.
    ///
    /// # Examples
    ///
    /// ```
    /// # use blink_alloc::Blink;
    /// let text = String::from("to be or not");
    /// let mut blink = Blink::new();
    /// // SAFETY: the adaptor ends before the text.
    /// let words = unsafe { blink.emplace_unchecked::<Box<&str>>() };
    /// let words = words.from_iter(text.split(' ').map(Box::new));
    /// assert_eq!(*words[3], "not");
    /// blink.reset();
    /// ```
    #[inline(always)]
    pub unsafe fn emplace_unchecked<T>(&self) -> Emplace<'_, A, T> {
        Emplace::new(self.home(), true)
    }
}

/// The copy of a string's bytes as a string.
#[inline(always)]
fn as_str(bytes: &mut [u8]) -> &mut str {
    // SAFETY: both callers pass a fresh copy of the bytes of a `str`.
    unsafe { core::str::from_utf8_unchecked_mut(bytes) }
}

impl<A> Drop for Blink<A> {
    #[inline(always)]
    fn drop(&mut self) {
        self.drop_all();
    }
}

impl<A: Default> Default for Blink<A> {
    fn default() -> Self {
        Self::new_in(A::default())
    }
}

impl<A: fmt::Debug> fmt::Debug for Blink<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Blink");
        out.field("allocator", &self.alloc).finish_non_exhaustive()
    }
}
