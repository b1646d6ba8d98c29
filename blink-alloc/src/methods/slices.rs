//! Putting slices in.

use core::mem::MaybeUninit;

use allocator_api2::alloc::AllocError;

#[cfg(feature = "alloc")]
use crate::vec::BlinkVec;
use crate::{
    error::{Panics, Returns, infallible},
    holds::Holds,
    methods::both,
    owned::OwnedSlice,
};

/// The methods, for [`both`].
macro_rules! slices {
    ($a:lifetime, $setup:literal, $refusing:literal) => {
        /// Copies a slice into the arena.
        ///
        /// # Examples
        ///
        /// ```
        #[doc = $setup]
        /// let sorted = blink.copy_slice(&[3, 1, 2]);
        /// sorted.sort();
        /// assert_eq!(sorted, [1, 2, 3]);
        /// ```
        #[inline(always)]
        pub fn copy_slice<T>(&self, slice: &[T]) -> &$a mut [T]
        where
            T: Copy,
        {
            infallible(self.home().copy_slice::<T, Panics>(slice))
        }

        /// [`copy_slice`](Self::copy_slice), or `None` where memory cannot be had.
        #[inline(always)]
        pub fn try_copy_slice<T>(&self, slice: &[T]) -> Option<&$a mut [T]>
        where
            T: Copy,
        {
            self.home().copy_slice::<T, Returns>(slice).ok()
        }

        /// An empty vector that grows in the arena. The same as `BlinkVec::new_in`, with the adaptor
        /// or frame by reference.
        ///
        /// # Examples
        ///
        /// ```
        #[doc = $setup]
        /// let mut words = blink.vec();
        /// words.extend(["not", "to", "be"]);
        /// words.swap_remove(0);
        /// let words: &mut [&str] = words.into_slice_no_drop();
        /// assert_eq!(words, ["be", "to"]);
        /// ```
        #[cfg(feature = "alloc")]
        #[inline(always)]
        pub fn vec<T>(&self) -> BlinkVec<T, &Self> {
            BlinkVec::new_in(self)
        }

        /// Clones the items of a slice into the arena, to be dropped at the end.
        ///
        /// If a clone panics, those made before it are dropped.
        ///
        /// # Examples
        ///
        /// ```
        #[doc = $setup]
        /// let names = vec!["a".to_owned(), "b".to_owned()];
        /// let copy = blink.clone_slice(&names);
        /// copy[1].push('c');
        /// assert_eq!((names.concat(), copy.concat()), ("ab".into(), "abc".into()));
        /// ```
        pub fn clone_slice<T>(&self, slice: &[T]) -> &$a mut [T]
        where
            T: Clone + 'static,
            M: Holds<T>,
        {
            infallible(self.home().clone_slice::<T, Panics>(slice, true))
        }

        /// [`clone_slice`](Self::clone_slice), but returns an error where memory cannot be had.
        ///
        /// # Errors
        ///
        /// When memory cannot be had: nothing was cloned then.
        pub fn try_clone_slice<T>(&self, slice: &[T]) -> Result<&$a mut [T], AllocError>
        where
            T: Clone + 'static,
            M: Holds<T>,
        {
            let cloned = self.home().clone_slice::<T, Returns>(slice, true);
            cloned.map_err(|()| AllocError)
        }

        /// Moves the items of a vector, a boxed slice or an array into the arena, to be dropped at
        /// the end, and frees what held them. Costs one copy of their bytes.
        ///
        /// # Examples
        ///
        /// ```
        #[doc = $setup]
        /// let names = vec!["b".to_owned(), "a".to_owned()];
        /// let moved = blink.put_slice(names);
        /// moved.sort();
        /// assert_eq!(moved, ["a", "b"]);
        /// ```
        pub fn put_slice<C>(&self, items: C) -> &$a mut [C::Item]
        where
            C: OwnedSlice<Item: 'static>,
            M: Holds<C::Item>,
        {
            infallible(self.home().put_slice::<C, Panics>(items, true))
        }

        /// [`put_slice`](Self::put_slice), but gives the items back where memory cannot be had.
        ///
        /// # Errors
        ///
        /// What held the items, as it was.
        ///
        /// # Examples
        ///
        /// ```
        #[doc = $refusing]
        /// assert_eq!(blink.try_put_slice(vec![1, 2]), Err(vec![1, 2]));
        /// ```
        pub fn try_put_slice<C>(&self, items: C) -> Result<&$a mut [C::Item], C>
        where
            C: OwnedSlice<Item: 'static>,
            M: Holds<C::Item>,
        {
            self.home().put_slice::<C, Returns>(items, true)
        }

        /// A slice of `count` items: clones of `value`, and `value` itself as the last. They are
        /// dropped at the end.
        ///
        /// # Panics
        ///
        /// When so many items have no layout, or a clone panics. Those made before it are dropped.
        ///
        /// # Examples
        ///
        /// ```
        #[doc = $setup]
        /// let zeros = blink.fill(1000, 0.0);
        /// zeros[7] = 1.0;
        /// assert_eq!(zeros.iter().sum::<f64>(), 1.0);
        /// ```
        pub fn fill<T>(&self, count: usize, value: T) -> &$a mut [T]
        where
            T: Clone + 'static,
            M: Holds<T>,
        {
            infallible(self.home().fill::<T, Panics>(count, value, true))
        }

        /// [`fill`](Self::fill), but gives the value back where memory cannot be had: it was not
        /// cloned then.
        ///
        /// # Errors
        ///
        /// The value.
        pub fn try_fill<T>(&self, count: usize, value: T) -> Result<&$a mut [T], T>
        where
            T: Clone + 'static,
            M: Holds<T>,
        {
            self.home().fill::<T, Returns>(count, value, true)
        }

        /// A slice of `count` items, made by a closure from their indices. They are dropped at the
        /// end.
        ///
        /// # Panics
        ///
        /// When so many items have no layout, or the closure panics. Those made before it are
        /// dropped.
        ///
        /// # Examples
        ///
        /// ```
        #[doc = $setup]
        /// let squares = blink.fill_with(4, |index| index * index);
        /// assert_eq!(squares, [0, 1, 4, 9]);
        /// ```
        pub fn fill_with<T, F>(&self, count: usize, f: F) -> &$a mut [T]
        where
            T: 'static,
            F: FnMut(usize) -> T,
            M: Holds<T>,
        {
            infallible(self.home().fill_with::<T, F, Panics>(count, f, true))
        }

        /// [`fill_with`](Self::fill_with), but gives the closure back where memory cannot be had:
        /// it was not called then.
        ///
        /// # Errors
        ///
        /// The closure.
        pub fn try_fill_with<T, F>(&self, count: usize, f: F) -> Result<&$a mut [T], F>
        where
            T: 'static,
            F: FnMut(usize) -> T,
            M: Holds<T>,
        {
            self.home().fill_with::<T, F, Returns>(count, f, true)
        }

        /// Allocates a slice of `count` places and leaves them uninitialized. What is written there
        /// is not dropped.
        ///
        /// # Panics
        ///
        /// When so many items have no layout.
        ///
        /// # Examples
        ///
        /// ```
        #[doc = $setup]
        /// let places = blink.uninit_slice::<u32>(3);
        /// for (place, number) in places.iter_mut().zip(7..) {
        ///     place.write(number);
        /// }
        /// // SAFETY: written just now.
        /// assert_eq!(unsafe { places[2].assume_init() }, 9);
        /// ```
        #[inline]
        pub fn uninit_slice<T>(&self, count: usize) -> &$a mut [MaybeUninit<T>] {
            infallible(self.home().uninit_slice::<T, Panics>(count))
        }

        /// [`uninit_slice`](Self::uninit_slice), but returns an error where memory cannot be had.
        ///
        /// # Errors
        ///
        /// When memory cannot be had, or so many items have no layout.
        #[inline]
        pub fn try_uninit_slice<T>(
            &self,
            count: usize,
        ) -> Result<&$a mut [MaybeUninit<T>], AllocError> {
            let places = self.home().uninit_slice::<T, Returns>(count);
            places.map_err(|()| AllocError)
        }

        /// Collects the items of an iterator into a slice, to be dropped at the end. Its
        /// length need not be known. The same as `emplace().from_iter(iter)`.
        ///
        /// Items that borrow go in by `emplace_no_drop().from_iter(iter)`; `fill`, `fill_with`,
        /// `clone_slice` and `put_slice` are methods of that builder, too.
        ///
        /// # Examples
        ///
        /// ```
        #[doc = $setup]
        /// let odd = blink.fill_iter((0..10).filter(|x| x % 2 == 1));
        /// assert_eq!(odd, [1, 3, 5, 7, 9]);
        /// ```
        pub fn fill_iter<I>(&self, iter: I) -> &$a mut [I::Item]
        where
            I: IntoIterator<Item: 'static>,
            M: Holds<I::Item>,
        {
            self.emplace().from_iter(iter)
        }

        /// [`fill_iter`](Self::fill_iter), but returns what there is where memory cannot be had.
        ///
        /// # Errors
        ///
        /// The items so far as a slice of the arena, and the item that had no room any more.
        pub fn try_fill_iter<I>(
            &self,
            iter: I,
        ) -> Result<&$a mut [I::Item], (&$a mut [I::Item], Option<I::Item>)>
        where
            I: IntoIterator<Item: 'static>,
            M: Holds<I::Item>,
        {
            self.emplace().try_from_iter(iter)
        }

        /// Collects the items of an iterator of results into a slice, up to the first error, as
        /// [`Emplace::from_iter_fallible`](crate::Emplace::from_iter_fallible) does.
        ///
        /// # Errors
        ///
        /// The first error.
        ///
        /// # Examples
        ///
        /// ```
        #[doc = $setup]
        /// let parse = |text: &str| blink.fill_iter_fallible(text.split(' ').map(str::parse::<u8>));
        /// assert_eq!(parse("1 2 3").unwrap(), [1, 2, 3]);
        /// assert!(parse("1 two 3").is_err());
        /// ```
        pub fn fill_iter_fallible<T, E, I>(&self, iter: I) -> Result<&$a mut [T], E>
        where
            T: 'static,
            I: IntoIterator<Item = Result<T, E>>,
            M: Holds<T>,
        {
            self.emplace().from_iter_fallible(iter)
        }

        /// [`fill_iter_fallible`](Self::fill_iter_fallible), but returns what there is where memory
        /// cannot be had.
        ///
        /// # Errors
        ///
        /// `Ok` with the first error of the iterator, or `Err` with the items so far as a slice of
        /// the arena, and the item that had no room any more.
        pub fn try_fill_iter_fallible<T, E, I>(
            &self,
            iter: I,
        ) -> Result<&$a mut [T], Result<E, (&$a mut [T], Option<T>)>>
        where
            T: 'static,
            I: IntoIterator<Item = Result<T, E>>,
            M: Holds<T>,
        {
            self.emplace().try_from_iter_fallible(iter)
        }
    };
}

both!(slices);
