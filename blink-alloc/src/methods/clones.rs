//! Deep copies.

use crate::{
    clone::{BlinkClone, CloneError, DEPTH, Walker},
    error::{Panics, Returns, infallible},
};

/// The methods, by what they are called on, and for how long the copy lives.
macro_rules! clones {
    ($a:lifetime, [$($own:lifetime)?], $handle:ty, $setup:literal) => {
        /// Copies a value into the arena, with all that it owns or points to: see [`BlinkClone`].
        /// A slice or a string may be passed as well.
        ///
        /// The copy is another type in general, and has no destructor. What several `Rc` or `Arc`
        /// lead to is copied once. Pointers are followed 512 deep, see
        /// [`clone_in_to_depth`](Self::clone_in_to_depth). If a destructor or an implementation panics, or the copy fails, what was copied
        /// so far stays in the arena; a frame gives it back.
        ///
        /// # Panics
        ///
        /// For the reasons in [`CloneError`]; where memory cannot be had, as `handle_alloc_error`
        /// does.
        ///
        /// # Examples
        ///
        /// ```
        /// # #[cfg(feature = "alloc")] {
        #[doc = $setup]
        /// let words = vec![String::from("to"), String::from("be")];
        /// let copy: &[&str] = blink.clone_in(&words);
        /// drop(words);
        /// assert_eq!(copy, ["to", "be"]);
        /// # }
        /// ```
        #[inline]
        pub fn clone_in<$($own,)? T>(self: $handle, value: &T) -> T::Cloned
        where
            T: BlinkClone<$a> + ?Sized,
        {
            self.clone_in_to_depth(value, DEPTH)
        }

        /// [`clone_in`](Self::clone_in), but returns an error where the value cannot be copied.
        ///
        /// What is remembered of values that several `Rc` or `Arc` lead to is in the memory of the
        /// global allocator, and refused by that it ends the process.
        ///
        /// # Errors
        ///
        /// The reason.
        ///
        /// # Panics
        ///
        /// When code of the user does: in an implementation of [`BlinkClone`], or a destructor. With
        /// feature `deep`, when a piece of stack cannot be had.
        ///
        /// # Examples
        ///
        /// ```
        #[doc = $setup]
        /// use blink_alloc::CloneError;
        /// use std::cell::RefCell;
        ///
        /// let cell = RefCell::new(1);
        /// assert_eq!(blink.try_clone_in(&cell), Ok(cell.clone()));
        /// let borrowed = cell.borrow_mut();
        /// assert_eq!(blink.try_clone_in(&cell), Err(CloneError::Borrowed("i32")));
        /// ```
        #[inline]
        pub fn try_clone_in<$($own,)? T>(self: $handle, value: &T) -> Result<T::Cloned, CloneError>
        where
            T: BlinkClone<$a> + ?Sized,
        {
            self.try_clone_in_to_depth(value, DEPTH)
        }

        /// [`clone_in`](Self::clone_in) that follows as many pointers, one behind the other. A
        /// pointer to something large counts as several: one more for each 48 bytes. Empty slices count nothing, nor do
        /// strings and slices of numbers.
        ///
        /// Following a pointer takes a few hundred bytes of stack, without optimization some
        /// thousand. `clone_in` is made for 2 MiB of it: it follows 512 pointers. (An implementation
        /// by hand that needs much stack for a small copy is not made for that.) With feature `deep` the copy takes as
        /// much stack as it needs from the heap, and `clone_in` follows two million pointers.
        ///
        /// # Panics
        ///
        /// As [`clone_in`](Self::clone_in).
        #[inline]
        pub fn clone_in_to_depth<$($own,)? T>(self: $handle, value: &T, depth: usize) -> T::Cloned
        where
            T: BlinkClone<$a> + ?Sized,
        {
            infallible(value.blink_clone(&mut Walker::<_, _, Panics>::new(self.home(), depth)))
        }

        /// [`clone_in_to_depth`](Self::clone_in_to_depth), but returns an error where the value
        /// cannot be copied.
        ///
        /// # Errors
        ///
        /// As [`try_clone_in`](Self::try_clone_in).
        ///
        /// # Examples
        ///
        /// ```
        /// # #[cfg(feature = "alloc")] {
        #[doc = $setup]
        /// use blink_alloc::CloneError;
        ///
        /// let nested = vec![vec![Some(Box::new(1))]];
        /// assert!(blink.try_clone_in_to_depth(&nested, 3).is_ok());
        /// let too_deep = CloneError::Depth("i32");
        /// assert_eq!(blink.try_clone_in_to_depth(&nested, 2), Err(too_deep));
        /// # }
        /// ```
        #[inline]
        pub fn try_clone_in_to_depth<$($own,)? T>(
            self: $handle,
            value: &T,
            depth: usize,
        ) -> Result<T::Cloned, CloneError>
        where
            T: BlinkClone<$a> + ?Sized,
        {
            value.blink_clone(&mut Walker::<_, _, Returns>::new(self.home(), depth))
        }
    };
}

impl<A: crate::BlinkAllocator, M: crate::Sharing> crate::Blink<A, M> {
    clones!('b, ['b], &'b Self, "# let blink = blink_alloc::Blink::new();");
}

impl<'f, A: crate::BlinkAllocator, M: crate::Sharing> crate::Frame<'f, A, M> {
    clones!(
        'f, [], &Self,
        "# let mut root = blink_alloc::Blink::new();\n# let blink = root.as_frame();"
    );
}
