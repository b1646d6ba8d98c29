//! Collecting at the end of a chain of iterators.

use crate::{api::BlinkAllocator, blink::Blink};

/// Methods of every iterator that collect it into a [`Blink`].
///
/// The adaptor is borrowed exclusively, and the slice with it. Where that is in the way,
/// [`Blink::fill_iter`] and the builders do the same with a shared borrow.
///
/// # Examples
///
/// ```
/// # #[cfg(feature = "alloc")] {
/// use blink_alloc::{Blink, IteratorExt};
///
/// let mut blink = Blink::new();
/// let words = "to be or not".split(' ').map(str::to_owned);
/// let words = words.collect_to_blink(&mut blink); // dropped by the reset
/// assert_eq!(words.concat(), "tobeornot");
/// # }
/// ```
pub trait IteratorExt: Iterator {
    /// Collects into a slice whose items are dropped at the next reset.
    #[inline(always)]
    fn collect_to_blink<A: BlinkAllocator>(self, blink: &mut Blink<A>) -> &mut [Self::Item]
    where
        Self: Sized,
        Self::Item: 'static,
    {
        blink.emplace().from_iter(self)
    }

    /// Collects into a shared slice whose items are never dropped. They may borrow.
    ///
    /// # Examples
    ///
    /// ```
    /// # let mut blink = blink_alloc::Blink::new();
    /// use blink_alloc::IteratorExt;
    ///
    /// let text = "to be or not".to_owned();
    /// let words = text.split(' ').collect_to_blink_shared(&mut blink);
    /// let copy = words;
    /// assert_eq!((words[0], copy[3]), ("to", "not"));
    /// ```
    #[inline(always)]
    fn collect_to_blink_shared<A: BlinkAllocator>(self, blink: &mut Blink<A>) -> &[Self::Item]
    where
        Self: Sized,
    {
        blink.emplace_shared().from_iter(self)
    }

    /// Collects into a slice whose items are never dropped. They may borrow.
    ///
    /// # Examples
    ///
    /// ```
    /// # let mut blink = blink_alloc::Blink::new();
    /// use blink_alloc::IteratorExt;
    ///
    /// let text = "to be or not".to_owned();
    /// let words = text.split(' ').collect_to_blink_no_drop(&mut blink);
    /// words.sort();
    /// assert_eq!(words, ["be", "not", "or", "to"]);
    /// ```
    #[inline(always)]
    fn collect_to_blink_no_drop<A: BlinkAllocator>(self, blink: &mut Blink<A>) -> &mut [Self::Item]
    where
        Self: Sized,
    {
        blink.emplace_no_drop().from_iter(self)
    }

    /// [`collect_to_blink`](Self::collect_to_blink), but returns what there is where memory
    /// cannot be had.
    ///
    /// # Errors
    ///
    /// The items so far as a slice of the arena, and the item that had no room any more. The
    /// iterator is gone; collect `by_ref()` to keep it.
    ///
    /// # Examples
    ///
    /// ```
    /// # use blink_alloc::{Blink, IteratorExt};
    /// let mut blink = Blink::new();
    /// blink.allocator().set_limit(Some(1000));
    /// let mut numbers = 0_u64..1000;
    /// let (some, next) = numbers.by_ref().try_collect_to_blink(&mut blink).unwrap_err();
    /// let next = next.unwrap();
    /// assert_eq!(some.len() as u64, next);
    /// assert_eq!(numbers.start, next + 1);
    /// ```
    #[inline(always)]
    #[expect(clippy::type_complexity, reason = "the published signature")]
    fn try_collect_to_blink<A: BlinkAllocator>(
        self,
        blink: &mut Blink<A>,
    ) -> Result<&mut [Self::Item], (&mut [Self::Item], Option<Self::Item>)>
    where
        Self: Sized,
        Self::Item: 'static,
    {
        blink.emplace().try_from_iter(self)
    }

    /// [`collect_to_blink_shared`](Self::collect_to_blink_shared), but returns what there is
    /// where memory cannot be had.
    ///
    /// # Errors
    ///
    /// The items so far as a slice of the arena, and the item that had no room any more.
    #[inline(always)]
    #[expect(clippy::type_complexity, reason = "the published signature")]
    fn try_collect_to_blink_shared<A: BlinkAllocator>(
        self,
        blink: &mut Blink<A>,
    ) -> Result<&[Self::Item], (&[Self::Item], Option<Self::Item>)>
    where
        Self: Sized,
    {
        blink.emplace_shared().try_from_iter(self)
    }

    /// [`collect_to_blink_no_drop`](Self::collect_to_blink_no_drop), but returns what there is
    /// where memory cannot be had.
    ///
    /// # Errors
    ///
    /// The items so far as a slice of the arena, and the item that had no room any more.
    #[inline(always)]
    #[expect(clippy::type_complexity, reason = "the published signature")]
    fn try_collect_to_blink_no_drop<A: BlinkAllocator>(
        self,
        blink: &mut Blink<A>,
    ) -> Result<&mut [Self::Item], (&mut [Self::Item], Option<Self::Item>)>
    where
        Self: Sized,
    {
        blink.emplace_no_drop().try_from_iter(self)
    }
}

impl<I: Iterator> IteratorExt for I {}
