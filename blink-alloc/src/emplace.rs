//! Builders that put a value into an arena in other ways than by moving it. Those of slices
//! with a known length are in `emplace/slices`.

mod slices;

use core::{fmt, marker::PhantomData};

use crate::{
    api::BlinkAllocator,
    error::{Panics, Returns, infallible},
    holds::{Local, Sharing},
    place::Home,
};

/// Puts values of type `T` into the arena of a [`Blink`](crate::Blink), or into a
/// [`Frame`](crate::Frame).
///
/// | made by | dropped at the end | hands out |
/// | --- | --- | --- |
/// | [`emplace`](crate::Blink::emplace) | yes | `&mut T`, `&mut [T]` |
/// | [`emplace_no_drop`](crate::Blink::emplace_no_drop) | no | `&mut T`, `&mut [T]` |
/// | [`emplace_shared`](crate::Blink::emplace_shared) | no | `&T`, `&[T]` |
/// | [`emplace_unchecked`](crate::Blink::emplace_unchecked) | yes | `&mut T`, `&mut [T]` |
///
/// `R` and `S` are what it hands out for a value and for a slice, `H` is the borrow of the
/// adaptor or of the frame's handle, which may be shorter than `'a`. `M` is the mode of the
/// adaptor: the builder of a [`Shared`](crate::Shared) one may be shared by threads, too.
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
pub struct Emplace<'a, A, T, R = &'a mut T, S = &'a mut [T], H = &'a (), M: Sharing = Local> {
    home: Home<'a, A, M::Head>,
    /// Whether the values are dropped with the list of `home`.
    drop: bool,
    /// I9: while this allocates, nobody enters a frame.
    handle: PhantomData<H>,
    types: PhantomData<fn(T) -> (R, S)>,
}

/// What a builder hands out: `&mut T`, or the `&T` that it coerces to.
pub trait FromMut<'a, T: ?Sized> {
    /// The reference to a value that has just been put.
    fn from_mut(value: &'a mut T) -> Self;
}

impl<'a, T: ?Sized> FromMut<'a, T> for &'a mut T {
    #[inline(always)]
    fn from_mut(value: &'a mut T) -> Self {
        value
    }
}

impl<'a, T: ?Sized> FromMut<'a, T> for &'a T {
    #[inline(always)]
    fn from_mut(value: &'a mut T) -> Self {
        value
    }
}

impl<'a, A, T, R, S, H, M> Emplace<'a, A, T, R, S, H, M>
where
    A: BlinkAllocator,
    M: Sharing,
    T: 'a,
    R: FromMut<'a, T>,
    S: FromMut<'a, [T]>,
{
    pub(crate) fn new(home: Home<'a, A, M::Head>, drop: bool) -> Self {
        Self {
            home,
            drop,
            handle: PhantomData,
            types: PhantomData,
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
    pub fn value(&self, value: T) -> R {
        let put = infallible(self.home.value::<T, Panics>(value, self.drop));
        R::from_mut(put)
    }

    /// [`value`](Self::value), but gives the value back where memory cannot be had.
    ///
    /// # Errors
    ///
    /// The value.
    #[inline(always)]
    pub fn try_value(&self, value: T) -> Result<R, T> {
        let put = self.home.value::<T, Returns>(value, self.drop);
        put.map(R::from_mut)
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
    pub fn with<F>(&self, f: F) -> R
    where
        F: FnOnce() -> T,
    {
        let put = infallible(self.home.with::<T, F, Panics>(f, self.drop));
        R::from_mut(put)
    }

    /// [`with`](Self::with), but gives the closure back where memory cannot be had: it was not
    /// called then.
    ///
    /// # Errors
    ///
    /// The closure.
    #[inline(always)]
    pub fn try_with<F>(&self, f: F) -> Result<R, F>
    where
        F: FnOnce() -> T,
    {
        let put = self.home.with::<T, F, Returns>(f, self.drop);
        put.map(R::from_mut)
    }

    /// Puts the result of a closure into the arena, unless it is an error: then nothing is
    /// put, and the room goes back if it is the last block of the chunk in use.
    ///
    /// # Errors
    ///
    /// The closure's.
    ///
    /// # Examples
    ///
    /// ```
    /// # let blink = blink_alloc::Blink::new();
    /// let number = blink.emplace::<u32>().with_fallible(|| "42".parse());
    /// assert_eq!(number, Ok(&mut 42));
    /// let number = blink.emplace::<u32>().with_fallible(|| "forty-two".parse());
    /// assert!(number.is_err());
    /// ```
    #[inline(always)]
    pub fn with_fallible<F, E>(&self, f: F) -> Result<R, E>
    where
        F: FnOnce() -> Result<T, E>,
    {
        let put = infallible(self.home.with_fallible::<T, E, F, Panics>(f, self.drop));
        put.map(R::from_mut)
    }

    /// [`with_fallible`](Self::with_fallible), but gives the closure back where memory cannot
    /// be had: it was not called then.
    ///
    /// # Errors
    ///
    /// `Ok` with the closure's error, `Err` with the closure.
    ///
    /// # Examples
    ///
    /// ```
    /// # let blink = blink_alloc::Blink::new();
    /// blink.allocator().set_limit(Some(0));
    /// let refused = blink.emplace::<u32>().try_with_fallible(|| "42".parse());
    /// match refused {
    ///     Ok(number) => unreachable!("no room for {number}"),
    ///     Err(Ok(error)) => unreachable!("not called: {error}"),
    ///     Err(Err(closure)) => assert_eq!(closure(), Ok(42)),
    /// }
    /// ```
    #[inline(always)]
    pub fn try_with_fallible<F, E>(&self, f: F) -> Result<R, Result<E, F>>
    where
        F: FnOnce() -> Result<T, E>,
    {
        let put = self.home.with_fallible::<T, E, F, Returns>(f, self.drop);
        put.map_err(Err)?.map(R::from_mut).map_err(Ok)
    }

    /// Collects the items of an iterator into a slice. Its length need not be known.
    ///
    /// Items are written where they stay, into room that is taken ahead; what is not needed of
    /// it goes back. Only if the iterator allocates from the same arena behind that room does
    /// the rest of it stay unused until the end: at most seven times the items so far, or 128
    /// bytes. A list that has no room to grow moves, and doubles.
    ///
    /// # Examples
    ///
    /// ```
    /// # let blink = blink_alloc::Blink::new();
    /// let words = blink.emplace().from_iter("to be or not".split(' '));
    /// assert_eq!(words, ["to", "be", "or", "not"]);
    /// ```
    #[inline]
    pub fn from_iter<I>(&self, iter: I) -> S
    where
        I: IntoIterator<Item = T>,
    {
        let iter = iter.into_iter();
        let put = infallible(self.home.collect::<T, Panics>(iter, self.drop));
        S::from_mut(put)
    }

    /// [`from_iter`](Self::from_iter), but returns what there is where memory cannot be had.
    ///
    /// # Errors
    ///
    /// The items so far as a slice of the arena, and the item that had no room any more.
    #[inline]
    pub fn try_from_iter<I>(&self, iter: I) -> Result<S, (S, Option<T>)>
    where
        I: IntoIterator<Item = T>,
    {
        let iter = iter.into_iter();
        match self.home.collect::<T, Returns>(iter, self.drop) {
            Ok(items) => Ok(S::from_mut(items)),
            Err((items, item)) => Err((S::from_mut(items), item)),
        }
    }

    /// Collects the items of an iterator of results into a slice, up to the first error. The
    /// items before an error are dropped, and their room goes back if it is the last block of
    /// the chunk in use.
    ///
    /// # Errors
    ///
    /// The first error.
    ///
    /// # Examples
    ///
    /// ```
    /// # let blink = blink_alloc::Blink::new();
    /// let pairs = |text: &'static str| {
    ///     let pairs = text.split(' ').map(|pair| pair.split_once('=').ok_or(pair));
    ///     blink.emplace_shared().from_iter_fallible(pairs)
    /// };
    /// assert_eq!(pairs("a=1 b=2"), Ok(&[("a", "1"), ("b", "2")][..]));
    /// assert_eq!(pairs("a=1 b"), Err("b"));
    /// ```
    #[inline]
    pub fn from_iter_fallible<I, E>(&self, iter: I) -> Result<S, E>
    where
        I: IntoIterator<Item = Result<T, E>>,
    {
        let iter = iter.into_iter();
        let put = infallible(self.home.collect_fallible::<T, E, Panics>(iter, self.drop));
        put.map(S::from_mut)
    }

    /// [`from_iter_fallible`](Self::from_iter_fallible), but returns what there is where memory
    /// cannot be had.
    ///
    /// # Errors
    ///
    /// `Ok` with the first error of the iterator, or `Err` with the items so far as a slice of
    /// the arena, and the item that had no room any more.
    #[inline]
    pub fn try_from_iter_fallible<I, E>(&self, iter: I) -> Result<S, Result<E, (S, Option<T>)>>
    where
        I: IntoIterator<Item = Result<T, E>>,
    {
        let iter = iter.into_iter();
        let put = self.home.collect_fallible::<T, E, Returns>(iter, self.drop);
        match put {
            Ok(Ok(items)) => Ok(S::from_mut(items)),
            Ok(Err(error)) => Err(Ok(error)),
            Err((items, item)) => Err(Err((S::from_mut(items), item))),
        }
    }
}

impl<A, T, R, S, H, M: Sharing> fmt::Debug for Emplace<'_, A, T, R, S, H, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Emplace");
        out.field("drop", &self.drop).finish_non_exhaustive()
    }
}
