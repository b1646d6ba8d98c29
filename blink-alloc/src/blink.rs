//! The typed adaptor.
//!
//! [`Blink`] binds what `place` and `collect` put into an arena to lifetimes: references live
//! as long as the adaptor is borrowed, and what needs to be dropped is `'static`. This file is
//! the type, how it is made and how it is emptied; `methods` fills it, `frame` nests in it.

use core::{fmt, marker::PhantomData, mem::ManuallyDrop, ptr};

use crate::{
    api::BlinkAllocator,
    base::Global,
    drop_list::DropList,
    holds::{Local, Sendable, Sharing},
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
/// What is put is dropped at the end: at [`reset`](Self::reset), [`drop_all`](Self::drop_all) or
/// when the adaptor is dropped, the newest value first; in a [frame](crate::Frame) when that
/// ends. Such a value is `'static`, so that its
/// destructor cannot see a neighbour that is gone already. What borrows goes in by
/// [`put_no_drop`](Self::put_no_drop).
///
/// A `Blink` stays in its thread: it may hold values that are not `Send`, like an `Rc`, and
/// drops them where it is. [`SendBlink`](crate::SendBlink) is the adaptor that may be sent, and
/// [`SyncBlink`](crate::SyncBlink) the one that several threads fill at once.
///
/// `M` says which of the three it is, [`Local`], [`Sendable`] or [`Shared`](crate::Shared); the methods
/// are the same.
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
pub struct Blink<A = BlinkAlloc<Global>, M: Sharing = Local> {
    // The arena first, so that its cursor stands at the front of the adaptor.
    alloc: A,
    drops: DropList<M::Head>,
    mode: PhantomData<M>,
}

// SAFETY: the arena may be sent. So may all values of the list (I7): the methods that add to it
// ask for `Sendable: Holds<T>`, and the unsafe one for a promise. Other values are not dropped,
// and end with the borrow of the adaptor, which is before it is sent.
unsafe impl<A: Send> Send for Blink<A, Sendable> {}

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
        Self::with_list(alloc, DropList::one_thread())
    }
}

impl<A, M: Sharing> Blink<A, M> {
    /// An adaptor over an arena, with an empty list.
    #[inline(always)]
    pub(crate) const fn with_list(alloc: A, drops: DropList<M::Head>) -> Self {
        Self {
            alloc,
            drops,
            mode: PhantomData,
        }
    }

    /// The same adaptor with another mode.
    ///
    /// # Safety
    ///
    /// The values that it holds to be dropped are those that `N` may hold (I7).
    pub(crate) unsafe fn into_mode<N: Sharing<Head = M::Head>>(self) -> Blink<A, N> {
        let this = ManuallyDrop::new(self);
        Blink {
            // SAFETY: `this` is not used afterwards and never dropped.
            alloc: unsafe { ptr::read(&raw const this.alloc) },
            // SAFETY: as above.
            drops: unsafe { ptr::read(&raw const this.drops) },
            mode: PhantomData,
        }
    }

    #[inline(always)]
    pub(crate) fn home(&self) -> Home<'_, A, M::Head> {
        Home {
            alloc: &self.alloc,
            drops: &self.drops,
        }
    }

    #[inline(always)]
    pub(crate) fn arena(&self) -> &A {
        &self.alloc
    }

    /// The arena.
    #[inline(always)]
    pub fn allocator(&self) -> &A {
        &self.alloc
    }

    /// Drops all values, newest first, and returns the arena. It is not reset: the memory that the
    /// values had stays in use until it is.
    ///
    /// # Panics
    ///
    /// When a destructor does. The other destructors run still, and the arena is dropped; if
    /// another one panics meanwhile, the process aborts.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(feature = "alloc")] {
    /// use blink_alloc::{Blink, BlinkAlloc};
    ///
    /// let blink = Blink::with_chunk_size(1000);
    /// blink.put(vec![1, 2, 3]);
    /// let mut arena: BlinkAlloc = blink.into_allocator(); // drops the vector
    /// assert!(arena.allocated_bytes() > 0);
    /// arena.reset();
    /// # }
    /// ```
    #[inline]
    pub fn into_allocator(mut self) -> A {
        // If this panics the adaptor is dropped, with an empty list.
        self.drop_all();
        let this = ManuallyDrop::new(self);
        // SAFETY: `this` is not used afterwards and never dropped. Its list needs no drop.
        unsafe { ptr::read(&raw const this.alloc) }
    }

    /// The arena, to be rewound or reset. The caller has run the destructors first.
    #[cfg(feature = "std")]
    pub(crate) fn arena_mut(&mut self) -> &mut A {
        &mut self.alloc
    }

    /// Drops all values, newest first, and keeps the memory they had.
    ///
    /// # Panics
    ///
    /// When a destructor does. The other destructors run still; if another one panics
    /// meanwhile, the process aborts.
    #[inline(always)]
    pub fn drop_all(&mut self) {
        self.drops.run();
    }
}

impl<A: BlinkAllocator, M: Sharing> Blink<A, M> {
    /// Drops all values, newest first, and resets the arena.
    ///
    /// # Panics
    ///
    /// When a destructor does. The other destructors run still, and the arena is reset; if
    /// another one panics meanwhile, the process aborts.
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
}

impl<A, M: Sharing> Drop for Blink<A, M> {
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

impl<A: fmt::Debug, M: Sharing> fmt::Debug for Blink<A, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Blink");
        out.field("allocator", &self.alloc).finish_non_exhaustive()
    }
}
