//! Slices of a length that is known: those of `Blink::fill` and its neighbours, for values that
//! borrow, too.

use allocator_api2::alloc::AllocError;

use super::{Emplace, FromMut};
use crate::{
    api::BlinkAllocator,
    error::{Panics, Returns, infallible},
    holds::Sharing,
    owned::OwnedSlice,
};

impl<'a, A, T, R, S, H, M> Emplace<'a, A, T, R, S, H, M>
where
    A: BlinkAllocator,
    M: Sharing,
    T: 'a,
    S: FromMut<'a, [T]>,
{
    /// A slice of `count` items: clones of `value`, and `value` itself as the last. As
    /// [`Blink::fill`](crate::Blink::fill).
    ///
    /// # Panics
    ///
    /// When so many items have no layout, or a clone panics. Those made before it are dropped.
    ///
    /// # Examples
    ///
    /// ```
    /// # let blink = blink_alloc::Blink::new();
    /// let text = String::from("again");
    /// assert_eq!(blink.emplace_no_drop().fill(2, &*text), ["again", "again"]);
    /// ```
    pub fn fill(&self, count: usize, value: T) -> S
    where
        T: Clone,
    {
        let put = self.home.fill::<T, Panics>(count, value, self.drop);
        S::from_mut(infallible(put))
    }

    /// [`fill`](Self::fill), but gives the value back where memory cannot be had: it was not cloned
    /// then.
    ///
    /// # Errors
    ///
    /// The value.
    pub fn try_fill(&self, count: usize, value: T) -> Result<S, T>
    where
        T: Clone,
    {
        let put = self.home.fill::<T, Returns>(count, value, self.drop);
        put.map(S::from_mut)
    }

    /// A slice of `count` items, made by a closure from their indices. As
    /// [`Blink::fill_with`](crate::Blink::fill_with).
    ///
    /// # Panics
    ///
    /// When so many items have no layout, or the closure panics. Those made before it are dropped.
    ///
    /// # Examples
    ///
    /// ```
    /// # let blink = blink_alloc::Blink::new();
    /// let text = String::from("abc");
    /// let ends = blink.emplace_no_drop().fill_with(3, |index| &text[index..]);
    /// assert_eq!(ends, ["abc", "bc", "c"]);
    /// ```
    pub fn fill_with<F>(&self, count: usize, f: F) -> S
    where
        F: FnMut(usize) -> T,
    {
        let put = self.home.fill_with::<T, F, Panics>(count, f, self.drop);
        S::from_mut(infallible(put))
    }

    /// [`fill_with`](Self::fill_with), but gives the closure back where memory cannot be had: it
    /// was not called then.
    ///
    /// # Errors
    ///
    /// The closure.
    pub fn try_fill_with<F>(&self, count: usize, f: F) -> Result<S, F>
    where
        F: FnMut(usize) -> T,
    {
        let put = self.home.fill_with::<T, F, Returns>(count, f, self.drop);
        put.map(S::from_mut)
    }

    /// Clones the items of a slice into the arena. As
    /// [`Blink::clone_slice`](crate::Blink::clone_slice).
    ///
    /// If a clone panics, those made before it are dropped.
    ///
    /// # Examples
    ///
    /// ```
    /// # let blink = blink_alloc::Blink::new();
    /// let text = String::from("to be");
    /// let words: Vec<&str> = text.split(' ').collect();
    /// let copy: &[&str] = blink.emplace_shared().clone_slice(&words);
    /// assert_eq!(copy, words);
    /// ```
    pub fn clone_slice(&self, slice: &[T]) -> S
    where
        T: Clone,
    {
        let put = self.home.clone_slice::<T, Panics>(slice, self.drop);
        S::from_mut(infallible(put))
    }

    /// [`clone_slice`](Self::clone_slice), but returns an error where memory cannot be had.
    ///
    /// # Errors
    ///
    /// When memory cannot be had: nothing was cloned then.
    pub fn try_clone_slice(&self, slice: &[T]) -> Result<S, AllocError>
    where
        T: Clone,
    {
        let put = self.home.clone_slice::<T, Returns>(slice, self.drop);
        put.map(S::from_mut).map_err(|()| AllocError)
    }

    /// Moves the items of a vector, a boxed slice or an array into the arena, and frees what held
    /// them. As [`Blink::put_slice`](crate::Blink::put_slice).
    ///
    /// # Examples
    ///
    /// ```
    /// # let blink = blink_alloc::Blink::new();
    /// let text = String::from("to be");
    /// let words: Vec<&str> = text.split(' ').collect();
    /// assert_eq!(blink.emplace_no_drop().put_slice(words), ["to", "be"]);
    /// ```
    pub fn put_slice<C>(&self, items: C) -> S
    where
        C: OwnedSlice<Item = T>,
    {
        let put = self.home.put_slice::<C, Panics>(items, self.drop);
        S::from_mut(infallible(put))
    }

    /// [`put_slice`](Self::put_slice), but gives the items back where memory cannot be had.
    ///
    /// # Errors
    ///
    /// What held the items, as it was.
    pub fn try_put_slice<C>(&self, items: C) -> Result<S, C>
    where
        C: OwnedSlice<Item = T>,
    {
        let put = self.home.put_slice::<C, Returns>(items, self.drop);
        put.map(S::from_mut)
    }
}
