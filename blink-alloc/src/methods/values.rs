//! Putting single values in, and the builders.

use core::mem::MaybeUninit;

#[cfg(feature = "alloc")]
use alloc::boxed::Box;

use crate::{
    emplace::Emplace,
    error::{Panics, Returns, infallible},
    holds::Holds,
    methods::both,
};

/// The methods, for [`both`].
macro_rules! values {
    ($a:lifetime, $setup:literal, $refusing:literal) => {
        /// Moves a value into the arena, to be dropped at the end. Costs as many
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
        #[doc = $setup]
        /// let number = blink.put(42);
        /// *number += 1;
        /// let shown: &mut dyn std::fmt::Display = blink.put(format!("{number}"));
        /// assert_eq!(shown.to_string(), "43");
        /// ```
        #[inline(always)]
        pub fn put<T: 'static>(&self, value: T) -> &$a mut T
        where
            M: Holds<T>,
        {
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
        #[doc = $refusing]
        /// assert_eq!(blink.try_put(42), Err(42));
        /// ```
        #[inline(always)]
        pub fn try_put<T: 'static>(&self, value: T) -> Result<&$a mut T, T>
        where
            M: Holds<T>,
        {
            self.home().value::<T, Returns>(value, true)
        }

        /// Moves a value into the arena, which is never dropped. It may borrow, from the arena
        /// too.
        ///
        /// # Examples
        ///
        /// ```
        #[doc = $setup]
        /// struct Node<'a>(u32, Option<&'a Node<'a>>);
        ///
        /// let leaf: &Node = blink.put_no_drop(Node(1, None));
        /// let root = blink.put_no_drop(Node(2, Some(leaf)));
        /// assert_eq!(root.0 + root.1.unwrap().0, 3);
        /// ```
        #[inline(always)]
        pub fn put_no_drop<T>(&self, value: T) -> &$a mut T {
            infallible(self.home().value::<T, Panics>(value, false))
        }

        /// [`put_no_drop`](Self::put_no_drop), but gives the value back where memory cannot be
        /// had.
        ///
        /// # Errors
        ///
        /// The value.
        #[inline(always)]
        pub fn try_put_no_drop<T>(&self, value: T) -> Result<&$a mut T, T> {
            self.home().value::<T, Returns>(value, false)
        }

        /// Allocates a place for a value and leaves it uninitialized. What is written there is not
        /// dropped.
        ///
        /// # Examples
        ///
        /// ```
        #[doc = $setup]
        /// let place = blink.uninit::<[u8; 256]>();
        /// assert_eq!(place.write([7; 256])[255], 7);
        /// ```
        #[inline(always)]
        pub fn uninit<T>(&self) -> &$a mut MaybeUninit<T> {
            infallible(self.home().uninit::<T, Panics>())
        }

        /// [`uninit`](Self::uninit), or `None` where memory cannot be had.
        #[inline(always)]
        pub fn try_uninit<T>(&self) -> Option<&$a mut MaybeUninit<T>> {
            self.home().uninit::<T, Returns>().ok()
        }

        /// Moves the value of a box into the arena, to be dropped at the end, and frees the
        /// box. The value may be a slice, a string or a trait object.
        ///
        /// For slices there is [`put_slice`](Self::put_slice): to this method an empty one of items
        /// with a destructor is a value without bytes, which takes an entry of its own.
        ///
        /// # Examples
        ///
        /// ```
        #[doc = $setup]
        /// let made: Box<dyn Fn(u32) -> u32> = Box::new(|x| x + 1);
        /// let moved: &mut dyn Fn(u32) -> u32 = blink.put_box(made);
        /// assert_eq!(moved(41), 42);
        /// ```
        #[cfg(feature = "alloc")]
        pub fn put_box<T: ?Sized + 'static>(&self, value: Box<T>) -> &$a mut T
        where
            M: Holds<T>,
        {
            infallible(self.home().unboxed::<T, Panics>(value))
        }

        /// [`put_box`](Self::put_box), but gives the box back where memory cannot be had.
        ///
        /// # Errors
        ///
        /// The box, as it was.
        ///
        /// # Examples
        ///
        /// ```
        #[doc = $refusing]
        /// let text: Box<str> = "a text".into();
        /// assert_eq!(&*blink.try_put_box(text).unwrap_err(), "a text");
        /// ```
        #[cfg(feature = "alloc")]
        pub fn try_put_box<T: ?Sized + 'static>(&self, value: Box<T>) -> Result<&$a mut T, Box<T>>
        where
            M: Holds<T>,
        {
            self.home().unboxed::<T, Returns>(value)
        }

        /// A builder that puts values in by closure or iterator, to be dropped at the end.
        ///
        /// # Examples
        ///
        /// ```
        #[doc = $setup]
        /// let lengths = blink.emplace().from_iter("a bb ccc".split(' ').map(str::len));
        /// assert_eq!(lengths, [1, 2, 3]);
        /// ```
        #[inline(always)]
        pub fn emplace<T: 'static>(&self) -> Emplace<$a, A, T, &$a mut T, &$a mut [T], &'_ (), M>
        where
            M: Holds<T>,
        {
            Emplace::new(self.home(), true)
        }

        /// [`emplace`](Self::emplace) for values that are never dropped. They may borrow, from the
        /// arena too.
        ///
        /// # Examples
        ///
        /// ```
        #[doc = $setup]
        /// let text = String::from("to be or not");
        /// let words = blink.emplace_no_drop().from_iter(text.split(' '));
        /// words.reverse();
        /// assert_eq!(words, ["not", "or", "be", "to"]);
        /// ```
        #[inline(always)]
        pub fn emplace_no_drop<T>(&self) -> Emplace<$a, A, T, &$a mut T, &$a mut [T], &'_ (), M> {
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
        #[doc = $setup]
        /// struct Node<'a>(u32, &'a [Node<'a>]);
        ///
        /// let leaves = blink.emplace_shared().from_iter([Node(1, &[]), Node(2, &[])]);
        /// let twice = [Node(3, leaves), Node(4, leaves)];
        /// assert_eq!(twice[0].1[1].0 + twice[1].1[0].0, 3);
        /// ```
        #[inline(always)]
        pub fn emplace_shared<T>(&self) -> Emplace<$a, A, T, &$a T, &$a [T], &'_ (), M> {
            Emplace::new(self.home(), false)
        }

        /// [`emplace`](Self::emplace) for values that borrow and are dropped all the same.
        ///
        /// # Safety
        ///
        /// Until the values are dropped everything they borrow is alive. That is until a reset,
        /// `drop_all` or the end of the adaptor; in a frame until its end, or that of a frame
        /// around it if its guard is forgotten. Their destructors do not use what was put into
        /// this arena after them, which is dropped before them. If the adaptor is
        /// [`Sendable`](crate::Sendable) or [`Shared`](crate::Shared), they are `Send`.
        ///
        /// # Examples
        ///
        /// ```
        /// let text = String::from("to be or not");
        #[doc = $setup]
        /// // SAFETY: the adaptor ends before the text.
        /// let words = unsafe { blink.emplace_unchecked::<Box<&str>>() };
        /// let words = words.from_iter(text.split(' ').map(Box::new));
        /// assert_eq!(*words[3], "not");
        /// ```
        #[inline(always)]
        #[allow(clippy::mut_from_ref, reason = "every call returns other memory")]
        pub unsafe fn emplace_unchecked<T>(
            &self,
        ) -> Emplace<$a, A, T, &$a mut T, &$a mut [T], &'_ (), M> {
            Emplace::new(self.home(), true)
        }
    };
}

both!(values);
