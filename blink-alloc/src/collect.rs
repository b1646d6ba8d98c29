//! Slices that are made item by item: collected from iterators, cloned, filled by closures,
//! moved out of other collections.
//!
//! Every operation of the adaptors is written here once, over the error mode; [`Items`] does
//! the work.

use crate::{
    api::BlinkAllocator,
    drop_list::Head,
    error::{Failure, Mode},
    items::Items,
    owned::sealed::Moves,
    place::Home,
};

/// What is left of a collection that ran out of memory: the items so far as a slice of the
/// arena, and the one that had no room.
pub(crate) type Rest<'a, T> = (&'a mut [T], Option<T>);

impl<'a, A: BlinkAllocator, H: Head> Home<'a, A, H> {
    /// Collects all items into a slice, to be dropped with the list if `drop` says so and they
    /// need it.
    #[inline]
    pub(crate) fn collect<T: 'a, M: Mode>(
        self,
        iter: impl Iterator<Item = T>,
        drop: bool,
    ) -> Result<&'a mut [T], M::Error<Rest<'a, T>>> {
        Items::new(self, drop).collect::<M>(iter)
    }

    /// [`collect`](Self::collect) of an iterator whose items may be errors. With the first one
    /// the items so far are dropped, and their room goes back.
    #[inline]
    #[expect(clippy::type_complexity, reason = "one error inside the other")]
    pub(crate) fn collect_fallible<T: 'a, E, M: Mode>(
        self,
        iter: impl Iterator<Item = Result<T, E>>,
        drop: bool,
    ) -> Result<Result<&'a mut [T], E>, M::Error<Rest<'a, T>>> {
        Items::new(self, drop).collect_fallible::<E, M>(iter)
    }

    /// Makes a slice of `count` items, dropped as those of [`collect`](Self::collect). As below, room is had before the user's code runs.
    #[inline]
    pub(crate) fn fill_with<T: 'a, F, M: Mode>(
        self,
        count: usize,
        f: F,
        drop: bool,
    ) -> Result<&'a mut [T], M::Error<F>>
    where
        F: FnMut(usize) -> T,
    {
        match Items::exactly(self, count, drop) {
            Ok(mut items) => {
                items.fill(&mut (0..count).map(f));
                Ok(items.finish())
            }
            Err(failure) => Err(M::error(M::refuse(failure), f)),
        }
    }

    /// Makes a slice of `count` items out of clones of one and, at last, itself.
    #[inline]
    pub(crate) fn fill<T: Clone + 'a, M: Mode>(
        self,
        count: usize,
        value: T,
        drop: bool,
    ) -> Result<&'a mut [T], M::Error<T>> {
        match Items::exactly(self, count, drop) {
            Ok(mut items) => {
                if let Some(clones) = count.checked_sub(1) {
                    items.fill(&mut (0..clones).map(|_| value.clone()));
                    // SAFETY: there is room for `count`.
                    unsafe { items.push(value) };
                }
                Ok(items.finish())
            }
            Err(failure) => Err(M::error(M::refuse(failure), value)),
        }
    }

    /// Clones all items of a slice.
    #[inline]
    pub(crate) fn clone_slice<T: Clone + 'a, M: Mode>(
        self,
        source: &[T],
        drop: bool,
    ) -> Result<&'a mut [T], M::Error<()>> {
        match Items::exactly(self, source.len(), drop) {
            Ok(mut items) => {
                items.fill(&mut source.iter().cloned());
                Ok(items.finish())
            }
            Err(failure) => Err(M::error(M::refuse(failure), ())),
        }
    }

    /// Moves all items out of a collection.
    #[inline]
    pub(crate) fn put_slice<C, M: Mode>(
        self,
        source: C,
        drop: bool,
    ) -> Result<&'a mut [C::Of], M::Error<C>>
    where
        C: Moves<Of: 'a>,
    {
        match Items::exactly(self, source.items().len(), drop) {
            Ok(mut items) => {
                // SAFETY: there is room for all, and the collection forgets them next.
                unsafe { items.append(source.items()) };
                source.forget_items();
                Ok(items.finish())
            }
            Err(failure) => Err(M::error(M::refuse(failure), source)),
        }
    }
}

impl<'a, T: 'a, A: BlinkAllocator, H: Head> Items<'a, T, A, H> {
    #[inline]
    fn collect<M: Mode>(
        mut self,
        mut iter: impl Iterator<Item = T>,
    ) -> Result<&'a mut [T], M::Error<Rest<'a, T>>> {
        let extended = self.extend(&mut iter);
        // Now, while what may have to be given back is in a variable: what is being returned
        // would leak if this panics.
        drop(iter);
        match extended {
            Ok(()) => Ok(self.finish()),
            Err((failure, item)) => Err(self.give_up::<M>(failure, item)),
        }
    }

    #[inline]
    #[expect(clippy::type_complexity, reason = "one error inside the other")]
    fn collect_fallible<E, M: Mode>(
        mut self,
        iter: impl Iterator<Item = Result<T, E>>,
    ) -> Result<Result<&'a mut [T], E>, M::Error<Rest<'a, T>>> {
        let mut iter = UntilError { iter, error: None };
        let extended = self.extend(&mut iter);
        // As in `collect`.
        let UntilError { iter, error } = iter;
        drop(iter);
        match (extended, error) {
            (Err((failure, item)), _) => Err(self.give_up::<M>(failure, item)),
            (Ok(()), None) => Ok(Ok(self.finish())),
            (Ok(()), Some(error)) => {
                drop(self);
                Ok(Err(error))
            }
        }
    }

    /// What there is, when `item` has no room.
    #[cold]
    fn give_up<M: Mode>(self, failure: Failure, item: T) -> M::Error<Rest<'a, T>> {
        let refused = M::refuse(failure);
        M::error(refused, (self.finish(), Some(item)))
    }
}

/// The items of an iterator of results up to the first error, which it keeps.
struct UntilError<I, E> {
    iter: I,
    error: Option<E>,
}

impl<T, E, I: Iterator<Item = Result<T, E>>> Iterator for UntilError<I, E> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        match self.iter.next()? {
            Ok(item) => Some(item),
            Err(error) => {
                self.error = Some(error);
                None
            }
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, self.iter.size_hint().1)
    }
}
