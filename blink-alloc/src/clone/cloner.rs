//! Where a copy goes: the arena's side of a deep copy.
//!
//! The cloner borrows its adaptor or the handle of its frame for the time of the copy (I9); what
//! it hands out lives for `'blink`. Places are reserved before their contents are made, so that a
//! copy lies in memory in the order in which it is walked.

use core::{
    any::type_name,
    marker::PhantomData,
    mem::{self, MaybeUninit},
};

#[cfg(all(feature = "alloc", target_has_atomic = "ptr"))]
use crate::clone::memo::Memo;
use crate::{
    api::BlinkAllocator,
    clone::{CloneError, error::Fails, limit},
    drop_list::Head,
    place::Home,
};

/// Where a deep copy goes, see [`BlinkClone`](crate::BlinkClone): puts values, slices and strings
/// into an arena.
///
/// It is implemented here alone, and is what
/// [`blink_clone`](crate::BlinkClone::blink_clone) is passed.
///
/// What is put is not dropped (but by [`put_drop`](Self::put_drop)), and a type that would have to
/// be does not compile.
///
/// # Examples
///
/// A text that is copied in lower case:
///
/// ```
/// use blink_alloc::{Blink, BlinkClone, Cloner};
///
/// struct Tag<'a>(&'a str);
///
/// impl<'blink> BlinkClone<'blink> for Tag<'_> {
///     type Cloned = Tag<'blink>;
///
///     fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Tag<'blink>, C::Error> {
///         let text = cx.str(self.0)?;
///         text.make_ascii_lowercase();
///         Ok(Tag(text))
///     }
/// }
///
/// let blink = Blink::new();
/// assert_eq!(blink.clone_in(&Tag("HTML")).0, "html");
/// ```
pub trait Cloner<'blink>: sealed::Cloner<'blink> + Sized {
    /// What a copy fails with: [`CloneError`], or nothing where failing is a panic.
    type Error;

    /// Puts a value that is made already.
    ///
    /// # Errors
    ///
    /// When memory cannot be had.
    fn put<T>(&mut self, value: T) -> Result<&'blink mut T, Self::Error>;

    /// Reserves the place of a value, makes it, and puts it there. As for every pointer that
    /// is followed, the depth of the copy is checked.
    ///
    /// # Errors
    ///
    /// When memory cannot be had, the copy is too deep, or the closure fails.
    fn put_with<T>(
        &mut self,
        make: impl FnOnce(&mut Self) -> Result<T, Self::Error>,
    ) -> Result<&'blink mut T, Self::Error>;

    /// Puts a value that the arena drops at its reset, or at the end of the frame.
    ///
    /// Whatever the adaptor, the value has to be `Send`: one implementation serves those too that
    /// may be sent.
    ///
    /// # Errors
    ///
    /// When memory cannot be had. The value is dropped then.
    fn put_drop<T: 'static + Send>(&mut self, value: T) -> Result<&'blink mut T, Self::Error>;

    /// Copies a slice.
    ///
    /// # Errors
    ///
    /// When memory cannot be had.
    fn copy_slice<T: Copy>(&mut self, slice: &[T]) -> Result<&'blink mut [T], Self::Error>;

    /// Reserves a slice, and makes one item of it of each item that is passed. If there are any
    /// the depth is checked as by [`put_with`](Self::put_with).
    ///
    /// If the iterator is wrong about its length, the slice has as many items as there are, and what
    /// is above the length is left out.
    ///
    /// # Errors
    ///
    /// When memory cannot be had, the copy is too deep, or the closure fails.
    fn slice_with<I, T>(
        &mut self,
        items: I,
        make: impl FnMut(&mut Self, I::Item) -> Result<T, Self::Error>,
    ) -> Result<&'blink mut [T], Self::Error>
    where
        I: IntoIterator<IntoIter: ExactSizeIterator>;

    /// Copies a string.
    ///
    /// # Errors
    ///
    /// When memory cannot be had.
    fn str(&mut self, string: &str) -> Result<&'blink mut str, Self::Error>;

    /// The error that says why something cannot be copied, to be returned. Panics where the copy
    /// was not asked for by a `try_` method.
    fn fail(&mut self, error: CloneError) -> Self::Error;
}

pub(crate) mod sealed {
    #[cfg(all(feature = "alloc", target_has_atomic = "ptr"))]
    use crate::clone::memo::Memo;

    /// Implemented here alone: the copies of a foreign cloner could be anywhere.
    pub trait Cloner<'blink> {
        /// What is known of shared values.
        #[cfg(all(feature = "alloc", target_has_atomic = "ptr"))]
        fn memo(&mut self, _: Ours) -> &mut Memo<'blink>;
    }

    /// Is made in this crate alone. Whoever has a cloner sees the methods of the trait above, and
    /// could exchange the memos of two.
    #[cfg(all(feature = "alloc", target_has_atomic = "ptr"))]
    pub struct Ours(pub(crate) ());
}

/// The cloner of an adaptor or frame, for an error mode.
pub(crate) struct Walker<'blink, A, H, M> {
    home: Home<'blink, A, H>,
    /// How many pointers may be followed from here. Signed, so that counting and looking are one
    /// operation in memory.
    depth: isize,
    #[cfg(all(feature = "alloc", target_has_atomic = "ptr"))]
    memo: Memo<'blink>,
    mode: PhantomData<M>,
}

impl<'blink, A: BlinkAllocator, H: Head, M: Fails> Walker<'blink, A, H, M> {
    #[inline(always)]
    pub(crate) fn new(home: Home<'blink, A, H>, depth: usize) -> Self {
        Self {
            home,
            depth: isize::try_from(depth).unwrap_or(isize::MAX),
            #[cfg(all(feature = "alloc", target_has_atomic = "ptr"))]
            memo: Memo::new(),
            mode: PhantomData,
        }
    }

    /// Reserves the place of a value. A call without optimization: what it needs of the stack is
    /// free again while the value is made.
    #[inline]
    fn place<T>(&self) -> Result<&'blink mut MaybeUninit<T>, M::Failure> {
        self.home.uninit::<T, M>().map_err(M::refused)
    }

    /// Reserves the places of a slice, as [`place`](Self::place).
    #[inline]
    fn places<T>(&self, count: usize) -> Result<&'blink mut [MaybeUninit<T>], M::Failure> {
        self.home.uninit_slice::<T, M>(count).map_err(M::refused)
    }

    /// Follows a pointer to something that consists of `T`.
    #[inline(always)]
    fn follow<T, R>(
        &mut self,
        make: impl FnOnce(&mut Self) -> Result<R, M::Failure>,
    ) -> Result<R, M::Failure> {
        let hops = const { limit::hops(size_of::<T>()) as isize };
        // It was not negative, or this would not have been reached.
        self.depth -= hops;
        let below = Below { cx: self, hops };
        if below.cx.depth < 0 {
            return Err(too_deep::<T, M>());
        }
        limit::on_enough_stack(size_of::<T>(), || make(below.cx))
    }
}

impl<'blink, A: BlinkAllocator, H: Head, M: Fails> Walker<'blink, A, H, M> {
    /// [`slice_with`](Cloner::slice_with) of some items. Not inlined, for the reason that
    /// [`put_with`](Cloner::put_with) is not.
    #[inline(never)]
    fn items_with<I: ExactSizeIterator, T>(
        &mut self,
        items: I,
        mut make: impl FnMut(&mut Self, I::Item) -> Result<T, M::Failure>,
    ) -> Result<&'blink mut [T], M::Failure> {
        const { no_drop::<T>() }
        self.follow::<T, _>(|cx| {
            let places = cx.places::<T>(items.len())?;
            let mut made = 0;
            for (place, item) in places.iter_mut().zip(items) {
                place.write(make(cx, item)?);
                made += 1;
            }
            // SAFETY: as many were written, in their order from the first on.
            Ok(unsafe { first(places, made) })
        })
    }
}

/// What is behind a pointer is being copied. An implementation may go on after a panic there.
struct Below<'c, 'blink, A, H, M> {
    cx: &'c mut Walker<'blink, A, H, M>,
    hops: isize,
}

impl<A, H, M> Drop for Below<'_, '_, A, H, M> {
    #[inline(always)]
    fn drop(&mut self) {
        self.cx.depth += self.hops;
    }
}

#[cold]
#[inline(never)]
fn too_deep<T, M: Fails>() -> M::Failure {
    M::fail(CloneError::Depth(type_name::<T>()))
}

impl<'blink, A: BlinkAllocator, H: Head, M: Fails> sealed::Cloner<'blink>
    for Walker<'blink, A, H, M>
{
    #[cfg(all(feature = "alloc", target_has_atomic = "ptr"))]
    fn memo(&mut self, _: sealed::Ours) -> &mut Memo<'blink> {
        &mut self.memo
    }
}

impl<'blink, A: BlinkAllocator, H: Head, M: Fails> Cloner<'blink> for Walker<'blink, A, H, M> {
    type Error = M::Failure;

    #[inline]
    fn put<T>(&mut self, value: T) -> Result<&'blink mut T, M::Failure> {
        const { no_drop::<T>() }
        self.home.value::<T, M>(value, false).map_err(M::lost)
    }

    // Not inlined, so that a recursion goes through here and what makes the value is inlined: its
    // fields are written where they belong then. A function would return them on the stack, from
    // where they would be read before the processor has stored them.
    #[inline(never)]
    fn put_with<T>(
        &mut self,
        make: impl FnOnce(&mut Self) -> Result<T, M::Failure>,
    ) -> Result<&'blink mut T, M::Failure> {
        const { no_drop::<T>() }
        self.follow::<T, _>(|cx| {
            let place = cx.place::<T>()?;
            Ok(place.write(make(cx)?))
        })
    }

    #[inline]
    fn put_drop<T: 'static + Send>(&mut self, value: T) -> Result<&'blink mut T, M::Failure> {
        // `Send`, so every mode may hold it (I7).
        self.home.value::<T, M>(value, true).map_err(M::lost)
    }

    #[inline]
    fn copy_slice<T: Copy>(&mut self, slice: &[T]) -> Result<&'blink mut [T], M::Failure> {
        self.home.copy_slice::<T, M>(slice).map_err(M::refused)
    }

    #[inline(always)]
    fn slice_with<I, T>(
        &mut self,
        items: I,
        make: impl FnMut(&mut Self, I::Item) -> Result<T, M::Failure>,
    ) -> Result<&'blink mut [T], M::Failure>
    where
        I: IntoIterator<IntoIter: ExactSizeIterator>,
    {
        let items = items.into_iter();
        // Nothing to follow, and no call: most nodes of a tree have no children.
        if items.len() == 0 {
            return Ok(&mut []);
        }
        self.items_with(items, make)
    }

    #[inline(never)]
    fn str(&mut self, string: &str) -> Result<&'blink mut str, M::Failure> {
        self.home.copy_str::<M>(string).map_err(M::refused)
    }

    #[inline]
    fn fail(&mut self, error: CloneError) -> M::Failure {
        M::fail(error)
    }
}

/// Copies are not dropped, so nothing in them may ask for it.
const fn no_drop<T>() {
    assert!(
        !mem::needs_drop::<T>(),
        "a copy in an arena is not dropped: this type needs to be, and can be put by `put_drop`, \
         or by `#[blink(put)]` of a field"
    );
}

/// The first items of a slice.
///
/// # Safety
///
/// They are initialized.
#[inline(always)]
unsafe fn first<T>(places: &mut [MaybeUninit<T>], count: usize) -> &mut [T] {
    let items: *mut [MaybeUninit<T>] = &raw mut places[..count];
    // SAFETY: the caller's promise; what is in a `MaybeUninit` has the layout of it (I4). The
    // pointer comes from the one reference to the places (section 4a).
    unsafe { &mut *(items as *mut [T]) }
}
