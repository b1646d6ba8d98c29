//! Builders that put a value into an arena in other ways than by moving it.

use core::marker::PhantomData;

use crate::{
    api::BlinkAllocator,
    error::{Panics, Returns, infallible},
    place::Home,
};

/// Puts values of type `T` into the arena of a [`Blink`](crate::Blink); made by
/// [`Blink::emplace`](crate::Blink::emplace). The values are dropped at the next reset.
///
/// Closures and iterators may use the arena themselves: what they allocate and what they
/// produce do not get into each other's way. If one panics, nothing is put, and everything it
/// had produced is dropped.
///
/// # Examples
///
/// ```
/// # #[cfg(feature = "alloc")] {
/// use blink_alloc::Blink;
///
/// let blink = Blink::new();
/// let odd = blink.emplace().from_iter((0..10).filter(|x| x % 2 == 1));
/// assert_eq!(odd, [1, 3, 5, 7, 9]);
///
/// let name = blink.emplace().with(|| {
///     let greeting = blink.copy_str("hello");
///     greeting.to_uppercase()
/// });
/// assert_eq!(name, "HELLO");
/// # }
/// ```
#[must_use = "an emplacer puts nothing by itself"]
pub struct Emplace<'a, A, T> {
    home: Home<'a, A>,
    value: PhantomData<fn(T)>,
}

impl<'a, A: BlinkAllocator, T: 'a> Emplace<'a, A, T> {
    pub(crate) fn new(home: Home<'a, A>) -> Self {
        Self {
            home,
            value: PhantomData,
        }
    }

    /// Moves a value into the arena, like [`Blink::put`](crate::Blink::put).
    ///
    /// # Examples
    ///
    /// ```
    /// # let blink = blink_alloc::Blink::new();
    /// assert_eq!(*blink.emplace().value(42), 42);
    /// ```
    #[inline(always)]
    pub fn value(&self, value: T) -> &'a mut T {
        infallible(self.home.value::<T, Panics>(value, true))
    }

    /// [`value`](Self::value), but gives the value back where memory cannot be had.
    ///
    /// # Errors
    ///
    /// The value.
    #[inline(always)]
    pub fn try_value(&self, value: T) -> Result<&'a mut T, T> {
        self.home.value::<T, Returns>(value, true)
    }

    /// Puts the result of a closure into the arena.
    ///
    /// # Examples
    ///
    /// ```
    /// # let blink = blink_alloc::Blink::new();
    /// let zeros = blink.emplace().with(|| [0; 1000]);
    /// assert_eq!(zeros.len(), 1000);
    /// ```
    #[inline(always)]
    pub fn with<F>(&self, f: F) -> &'a mut T
    where
        F: FnOnce() -> T,
    {
        infallible(self.home.with::<T, F, Panics>(f, true))
    }

    /// [`with`](Self::with), but gives the closure back where memory cannot be had: it was not
    /// called then.
    ///
    /// # Errors
    ///
    /// The closure.
    #[inline(always)]
    pub fn try_with<F>(&self, f: F) -> Result<&'a mut T, F>
    where
        F: FnOnce() -> T,
    {
        self.home.with::<T, F, Returns>(f, true)
    }

    /// Collects the items of an iterator into a slice. Its length need not be known.
    ///
    /// # Examples
    ///
    /// ```
    /// # let blink = blink_alloc::Blink::new();
    /// let words = blink.emplace().from_iter("to be or not".split(' '));
    /// assert_eq!(words, ["to", "be", "or", "not"]);
    /// ```
    #[inline]
    pub fn from_iter<I>(&self, iter: I) -> &'a mut [T]
    where
        I: IntoIterator<Item = T>,
    {
        infallible(self.home.collect::<T, Panics>(iter.into_iter(), true))
    }

    /// [`from_iter`](Self::from_iter), but returns what there is where memory cannot be had.
    ///
    /// # Errors
    ///
    /// The items so far as a slice of the arena, and the item that had no room any more.
    #[inline]
    pub fn try_from_iter<I>(&self, iter: I) -> Result<&'a mut [T], (&'a mut [T], Option<T>)>
    where
        I: IntoIterator<Item = T>,
    {
        self.home.collect::<T, Returns>(iter.into_iter(), true)
    }
}
