//! The typed adaptor that several threads fill at once, and its mode.

use core::ops::{Deref, DerefMut};

use crate::{
    atomic::const_fn,
    base::Global,
    blink::Blink,
    drop_list::{DropList, Threads},
    frame::Frame,
    holds::{Holds, Sharing, sealed},
    sync::SyncBlinkAlloc,
};

/// The mode of an adaptor that several threads fill at once, see [`SyncBlink`]. Its values are
/// `Send`.
#[derive(Debug)]
pub enum Shared {}

impl Sharing for Shared {}
impl sealed::Sharing for Shared {
    type Head = Threads;
}

impl<T: ?Sized + Send> Holds<T> for Shared {}
impl<T: ?Sized + Send> sealed::Holds<T> for Shared {}

// SAFETY: the arena may be sent, and so may all values of the list (I7), as with `Sendable`.
unsafe impl<A: Send> Send for Blink<A, Shared> {}

// SAFETY: by `&self` an adaptor allocates, which the arena takes from several threads at once,
// writes to the blocks that it got, and adds them to a list whose head is atomic (I7). Nothing
// reads the list but by `&mut self`, or at the end of a frame, which was entered by it. A value
// that one thread has put may be dropped by another: it is `Send`. What is never dropped is seen
// by the thread alone that has put it, or to whom that gave the reference.
unsafe impl<A: Sync> Sync for Blink<A, Shared> {}

// SAFETY: a handle is the one way to its frame. Who sends a handle has it by itself: other threads had it for the
// time of a borrow (I9), which is over.
//
// `Sync` it is where the adaptor is, by itself: what a handle does by `&self` is what the adaptor
// does by `&self`. A frame is entered by `&mut self`, and its guards keep that borrow: so a mark
// is set, and rewound to, while no other thread has the handle.
unsafe impl<A: Send> Send for Frame<'_, A, Shared> {}

/// A [`Blink`] that several threads fill at once, by `&self`.
///
/// It has the methods of a `Blink`, those that put a value to be dropped for `T: Send` only: the
/// value is dropped by whoever has the adaptor when it is reset or dropped. What is never dropped
/// need not be `Send`. All that was put is dropped newest first, in the order in which the
/// threads came to put it.
///
/// It is `Sync` where its arena is. To put a value costs what the arena takes for its memory and,
/// if the value has to be dropped, one exchange of an atomic pointer, which is repeated when
/// another thread was faster. No lock is taken for it.
///
/// Resetting, and entering a [`Frame`](crate::Frame), need `&mut self`, when no other thread uses
/// the adaptor. The handle of a frame can be shared by threads as well.
///
/// # Examples
///
/// ```
/// use std::thread;
///
/// use blink_alloc::SyncBlink;
///
/// let mut blink = SyncBlink::new();
/// let lengths = thread::scope(|scope| {
///     let workers = ["to be", "or not"].map(|text| {
///         let blink = &blink;
///         scope.spawn(move || {
///             let words = text.split(' ').map(str::to_owned);
///             blink.fill_iter(words) // dropped by `reset`
///         })
///     });
///     workers.map(|worker| worker.join().unwrap().concat().len())
/// });
/// assert_eq!(lengths, [4, 5]);
/// blink.reset();
/// ```
///
/// The threads share one frame:
///
/// ```
/// use std::thread;
///
/// use blink_alloc::SyncBlink;
///
/// let mut blink = SyncBlink::new();
/// let total: u32 = blink.scope(|frame| {
///     let frame = &*frame;
///     thread::scope(|scope| {
///         let workers = [1, 2, 3].map(|n| scope.spawn(move || frame.put(vec![n; 2])));
///         workers.map(|worker| worker.join().unwrap().iter().sum::<u32>()).iter().sum()
///     })
/// }); // drops the vectors
/// assert_eq!(total, 12);
/// ```
///
/// Values that are bound to their thread do not go in:
///
/// ```compile_fail,E0277
/// # use blink_alloc::SyncBlink;
/// let blink = SyncBlink::new();
/// blink.put(std::rc::Rc::new(1));
/// ```
#[derive(Debug)]
pub struct SyncBlink<A = SyncBlinkAlloc<Global>> {
    blink: Blink<A, Shared>,
}

#[cfg(feature = "alloc")]
impl SyncBlink<SyncBlinkAlloc<Global>> {
    const_fn! {
        /// An empty adaptor over an arena of its own, which is over the global allocator.
        /// Allocates nothing yet.
        ///
        /// # Examples
        ///
        /// ```
        /// static BLINK: blink_alloc::SyncBlink = blink_alloc::SyncBlink::new();
        /// assert_eq!(*BLINK.put(42), 42);
        /// ```
        #[inline(always)]
        pub const fn new() -> Self {
            Self::new_in(SyncBlinkAlloc::new())
        }
    }

    const_fn! {
        /// [`new`](Self::new), with a first chunk of `chunk_size` bytes. See
        /// [`SyncBlinkAlloc::with_chunk_size`].
        #[inline(always)]
        pub const fn with_chunk_size(chunk_size: usize) -> Self {
            Self::new_in(SyncBlinkAlloc::with_chunk_size(chunk_size))
        }
    }
}

impl<A> SyncBlink<A> {
    const_fn! {
        /// An empty adaptor over an arena.
        ///
        /// Over `&arena` the adaptor borrows the arena until it is dropped, and its reset drops
        /// the values and leaves the memory to the owner of the arena.
        ///
        /// # Examples
        ///
        /// ```
        /// use blink_alloc::{SyncBlink, SyncBlinkAlloc};
        ///
        /// let arena = SyncBlinkAlloc::new();
        /// let blink = SyncBlink::new_in(&arena);
        /// blink.put(42);
        /// assert!(arena.allocated_bytes() >= 4);
        /// ```
        #[inline(always)]
        pub const fn new_in(alloc: A) -> Self {
            Self {
                blink: Blink::with_list(alloc, DropList::threads()),
            }
        }
    }

    /// Drops all values, newest first, and returns the arena, as [`Blink::into_allocator`] does.
    ///
    /// # Panics
    ///
    /// When a destructor does. The other destructors run still, and the arena is dropped; if
    /// another one panics meanwhile, the process aborts.
    ///
    /// # Examples
    ///
    /// ```
    /// use blink_alloc::{SyncBlink, SyncBlinkAlloc};
    ///
    /// let blink = SyncBlink::new();
    /// blink.put(vec![1, 2, 3]);
    /// let arena: SyncBlinkAlloc = blink.into_allocator(); // drops the vector
    /// assert!(arena.allocated_bytes() > 0);
    /// ```
    #[inline]
    pub fn into_allocator(self) -> A {
        self.blink.into_allocator()
    }
}

impl<A> Deref for SyncBlink<A> {
    type Target = Blink<A, Shared>;

    #[inline(always)]
    fn deref(&self) -> &Self::Target {
        &self.blink
    }
}

impl<A> DerefMut for SyncBlink<A> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.blink
    }
}

impl<A: Default> Default for SyncBlink<A> {
    fn default() -> Self {
        Self::new_in(A::default())
    }
}
