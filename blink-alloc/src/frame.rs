//! Nested frames of an adaptor.
//!
//! A frame is what is put between its entering and its end. At the end its values are dropped
//! and the arena is rewound, so that a function may use the arena of its caller and leave no
//! trace. This file is the types, and how frames are entered and left; `methods` fills them.
//!
//! What makes it sound is in `level`: it is called "frames nest" here.

use core::{
    fmt,
    marker::PhantomData,
    mem::{self, MaybeUninit},
    ops::{Deref, DerefMut},
};

use allocator_api2::alloc::Allocator;
#[cfg(feature = "alloc")]
use allocator_api2::vec::Vec;

#[cfg(target_has_atomic = "ptr")]
use crate::sync::{LocalBlinkAlloc, SyncBlinkAlloc};
#[cfg(feature = "alloc")]
use crate::vec::BlinkVec;
use crate::{
    api::{BlinkAllocator, Rewind},
    base::Global,
    blink::Blink,
    error::{Panics, Returns, infallible},
    holds::{Local, Sendable, Sharing},
    level::{Level, Tip, Values},
    local::BlinkAlloc,
    place::Home,
    stats::Stats,
};

/// A handle to a frame: puts values into an arena, which live until the frame ends.
///
/// A frame begins with [`Blink::enter`], [`Blink::scope`], or the same methods of a handle. At
/// its end the values that were put into it are dropped, newest first, and the memory is free
/// for the next frame. It costs three words to remember and a few instructions to leave, so
/// that every call of a function, every record and every tick can have one;
#[cfg_attr(
    feature = "macros",
    doc = "[`blink_frame`](crate::blink_frame) writes it for a function."
)]
#[cfg_attr(
    not(feature = "macros"),
    doc = "the attribute `blink_frame` writes it for a function."
)]
///
/// Handles are passed on as `&mut Frame`. What a function puts lives for `'f`, which is as
/// long as the frame, and not only as long as the handle is borrowed: references from the
/// caller's frame stay good while a callee uses a frame of its own.
///
/// The memory of a frame is that of the arena: a rewind frees no chunk. Only the arena's reset
/// does.
///
/// # Examples
///
/// ```
/// use blink_alloc::{Blink, Frame};
///
/// /// How many different words there are.
/// fn words(frame: &mut Frame, text: &str) -> usize {
///     frame.scope(|frame| {
///         let words = frame.emplace_no_drop().from_iter(text.split(' '));
///         words.sort();
///         words.chunk_by(|a, b| a == b).count()
///     })
/// }
///
/// let mut blink = Blink::new();
/// let mut frame = blink.as_frame();
/// let text = frame.copy_str("to be or not to be");
/// assert_eq!(words(&mut frame, text), 4);
/// assert_eq!(text.len(), 18);
/// ```
///
/// References do not leave their frame:
///
/// ```compile_fail,E0515
/// # use blink_alloc::Frame;
/// fn shout<'a>(frame: &'a mut Frame, text: &str) -> &'a str {
///     let mut guard = frame.enter();
///     guard.frame().copy_str(text)
/// }
/// ```
///
/// # Collections
///
/// `&Frame` is an `Allocator`. A collection on it borrows the handle, so no other frame can be
/// entered, nor the handle passed to a function, while the collection may grow. There are two
/// ways out: a collection that is complete becomes a slice, see [`keep`](Self::keep), and one
/// that is not can use an arena of its own.
///
/// # Modes
///
/// Frames of a [`SendBlink`](crate::SendBlink) have the mode [`Sendable`]: their handles and
/// guards may be sent to another thread, and so may be held over an `.await`. They take values
/// that may be sent, too.
///
/// Frames of a [`SyncBlink`](crate::SyncBlink) have the mode [`Shared`](crate::Shared). Of these, a handle may be
/// shared as well: several threads fill a frame at once by `&Frame`, and only who has `&mut Frame`
/// enters the next one.
///
/// The modes do not convert into each other.
#[repr(transparent)]
pub struct Frame<'f, A = BlinkAlloc<Global>, M: Sharing = Local> {
    blink: &'f Blink<A, M>,
    /// Invariant, so that a handle cannot take the place of one that lives for another time.
    lifetime: PhantomData<fn(&'f ()) -> &'f ()>,
}

// SAFETY: a handle is the one way to its frame, so the adaptor goes with it: nobody else uses
// that as long as the frame is used (frames nest). It may be sent, with all that it holds (I7).
// Not `Sync`: two threads would share the cursor.
unsafe impl<A: Send> Send for Frame<'_, A, Sendable> {}

impl<'f, A, M: Sharing> Frame<'f, A, M> {
    /// The caller lets nobody else allocate from the adaptor while the handle is in use.
    #[inline(always)]
    pub(crate) fn new(blink: &'f Blink<A, M>) -> Self {
        Self {
            blink,
            lifetime: PhantomData,
        }
    }

    #[inline(always)]
    pub(crate) fn adaptor(&self) -> &'f Blink<A, M> {
        self.blink
    }

    #[inline(always)]
    pub(crate) fn home(&self) -> Home<'f, A, M::Head> {
        self.blink.home()
    }

    #[inline(always)]
    pub(crate) fn arena(&self) -> &'f A {
        self.blink.allocator()
    }
}

impl<A, M: Sharing> Frame<'_, A, M> {
    /// Enters a frame, which ends when the guard is dropped. The handle is
    /// [`FrameGuard::frame`].
    ///
    /// In two steps, because the frame ends with the guard: what is put into it cannot outlive
    /// the variable that the guard is in. Where a closure will do, [`scope`](Self::scope) is
    /// one step.
    ///
    /// # Examples
    ///
    /// ```
    /// # let mut blink = blink_alloc::Blink::new();
    /// let mut frame = blink.as_frame();
    /// let total = frame.put(0);
    /// for line in ["1 2", "3"] {
    ///     let mut guard = frame.enter();
    ///     let numbers = line.split(' ').map(str::parse::<u32>);
    ///     let numbers = guard.frame().fill_iter_fallible(numbers).unwrap();
    ///     *total += numbers.iter().sum::<u32>();
    /// }
    /// assert_eq!(*total, 6);
    /// ```
    #[inline(always)]
    pub fn enter(&mut self) -> FrameGuard<'_, A, M>
    where
        A: Rewind,
    {
        FrameGuard::new(self.blink)
    }

    /// Enters a frame for the body of a function whose parameter this is, in an expansion of
    /// `#[blink_frame]`.
    ///
    /// Without a lifetime: with one, a reference that leaves the function would be three errors,
    /// two of them about the parameter. The guards are variables of the function, and so a
    /// reference that leaves it is an error still.
    ///
    /// # Safety
    ///
    /// Nobody uses this handle, nor one from which it was borrowed, until both guards have been
    /// dropped, the values first, or both forgotten. Nobody uses a handle that the guards gave
    /// out, nor what was put by it, once one of them is gone.
    #[doc(hidden)]
    #[inline(always)]
    pub unsafe fn __enter_body<'any>(&mut self) -> (Tip<'any, A, M>, Values<'any, A, M>)
    where
        A: Rewind,
    {
        let blink: *const Blink<A, M> = self.blink;
        // SAFETY: frames nest: the one around lives as long as the function does, which has its
        // handle, and the guards are gone when the function is, or forgotten (I10).
        let blink = unsafe { &*blink };
        Level::new(blink).ends()
    }

    /// Calls a closure with a frame, which ends with the closure.
    ///
    /// # Examples
    ///
    /// ```
    /// # let mut blink = blink_alloc::Blink::new();
    /// let mut frame = blink.as_frame();
    /// let largest = frame.scope(|frame| {
    ///     let numbers = frame.copy_slice(&[3, 1, 2]);
    ///     numbers.sort();
    ///     numbers[2]
    /// });
    /// assert_eq!(largest, 3);
    /// ```
    #[inline(always)]
    pub fn scope<'env, R>(&mut self, f: impl FnOnce(&mut FrameIn<'_, 'env, A, M>) -> R) -> R
    where
        A: Rewind,
    {
        call(self.blink, f)
    }
}

impl<'f, A: BlinkAllocator, M: Sharing> Frame<'f, A, M> {
    /// Reserves a place in this frame, to be filled later, perhaps by a function that has a
    /// frame of its own. Nothing is dropped there.
    ///
    /// # Examples
    ///
    /// ```
    /// use blink_alloc::{Blink, Frame, Slot};
    ///
    /// fn sum<'o>(frame: &mut Frame, slot: Slot<'o, u64>, numbers: &[u64]) -> &'o mut u64 {
    ///     let mut guard = frame.enter();
    ///     let squares = guard.frame().fill_iter(numbers.iter().map(|x| x * x));
    ///     slot.fill(squares.iter().sum())
    /// }
    ///
    /// let mut blink = Blink::new();
    /// let mut frame = blink.as_frame();
    /// let slot = frame.slot();
    /// assert_eq!(*sum(&mut frame, slot, &[1, 2, 3]), 14);
    /// ```
    #[inline(always)]
    pub fn slot<T>(&self) -> Slot<'f, T> {
        Slot(infallible(self.home().uninit::<T, Panics>()))
    }

    /// [`slot`](Self::slot), or `None` where memory cannot be had.
    ///
    /// # Examples
    ///
    /// ```
    /// # let mut blink = blink_alloc::Blink::new();
    /// blink.allocator().set_limit(Some(1000));
    /// let frame = blink.as_frame();
    /// assert!(frame.try_slot::<[u8; 1000]>().is_none());
    /// assert_eq!(*frame.try_slot().unwrap().fill(42), 42);
    /// ```
    #[inline(always)]
    pub fn try_slot<T>(&self) -> Option<Slot<'f, T>> {
        self.home().uninit::<T, Returns>().ok().map(Slot)
    }

    /// The items of a collection on a handle, as a slice that lives as long as the frame. The
    /// handle is free again then. The items are not moved, and like those of `Vec::leak` never
    /// dropped; room that the collection has beside them goes back if it is at the tip.
    ///
    /// # Examples
    ///
    /// ```
    /// use allocator_api2::vec::Vec;
    /// use blink_alloc::{Blink, Frame};
    ///
    /// let mut blink = Blink::new();
    /// let mut frame = blink.as_frame();
    /// let mut numbers = Vec::new_in(&frame);
    /// numbers.extend([3, 1, 2]);
    /// let numbers = Frame::keep(numbers);
    ///
    /// frame.scope(|frame| numbers.sort());
    /// assert_eq!(numbers, [1, 2, 3]);
    /// ```
    #[cfg(feature = "alloc")]
    pub fn keep<T>(items: Vec<T, &Self>) -> &'f mut [T] {
        BlinkVec::from(items).into_slice_no_drop()
    }
}

impl<B: Allocator, M: Sharing, const MIN_ALIGN: usize> Frame<'_, BlinkAlloc<B, MIN_ALIGN>, M> {
    /// What the whole arena holds, see [`BlinkAlloc::stats`].
    ///
    /// # Examples
    ///
    /// ```
    /// # let mut blink = blink_alloc::Blink::new();
    /// let mut frame = blink.as_frame();
    /// let before = frame.stats().used();
    /// frame.scope(|frame| assert!(frame.put([1; 100]).len() < frame.stats().used()));
    /// assert_eq!(frame.stats().used(), before);
    /// ```
    pub fn stats(&self) -> Stats {
        self.arena().stats()
    }
}

#[cfg(target_has_atomic = "ptr")]
impl<B: Allocator, M: Sharing> Frame<'_, SyncBlinkAlloc<B>, M> {
    /// What the whole arena holds, see [`SyncBlinkAlloc::stats`].
    pub fn stats(&self) -> Stats {
        self.arena().stats()
    }
}

#[cfg(target_has_atomic = "ptr")]
impl<B: Allocator, M: Sharing> Frame<'_, LocalBlinkAlloc<'_, B>, M> {
    /// What the local arena has leased, see [`LocalBlinkAlloc::stats`].
    pub fn stats(&self) -> Stats {
        self.arena().stats()
    }
}

impl<A, M: Sharing> fmt::Debug for Frame<'_, A, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Frame").finish_non_exhaustive()
    }
}

impl<A, M: Sharing> Blink<A, M> {
    /// A handle to the whole arena, for functions that take a [`Frame`]. It has no end of its
    /// own: what it puts lives until the next reset. Free.
    ///
    /// # Examples
    ///
    /// ```
    /// use blink_alloc::{Blink, Frame};
    ///
    /// fn double<'f>(frame: &mut Frame<'f>, text: &str) -> &'f mut str {
    ///     frame.copy_str(&text.repeat(2))
    /// }
    ///
    /// let mut blink = Blink::new();
    /// let mut frame = blink.as_frame();
    /// let twice = double(&mut frame, "ab");
    /// assert_eq!(double(&mut frame, twice), "abababab");
    /// ```
    #[inline(always)]
    pub fn as_frame(&mut self) -> Frame<'_, A, M>
    where
        A: Rewind,
    {
        Frame::new(self)
    }

    /// Enters a frame: what is put into it ends when the guard is dropped. What was put before
    /// stays, but the references to it end here; to hold some beside frames put them by
    /// [`as_frame`](Self::as_frame).
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
    /// let mut guard = blink.enter();
    /// guard.frame().put(counted.clone());
    /// assert_eq!(Rc::strong_count(&counted), 2);
    /// drop(guard);
    /// assert_eq!(Rc::strong_count(&counted), 1);
    /// # }
    /// ```
    #[inline(always)]
    pub fn enter(&mut self) -> FrameGuard<'_, A, M>
    where
        A: Rewind,
    {
        FrameGuard::new(self)
    }

    /// Calls a closure with a frame, which ends with the closure.
    ///
    /// # Examples
    ///
    /// ```
    /// # let mut blink = blink_alloc::Blink::new();
    /// let length = blink.scope(|frame| frame.copy_str("hello").len());
    /// assert_eq!(length, 5);
    /// assert_eq!(blink.allocator().allocated_bytes(), 0);
    /// ```
    #[inline(always)]
    pub fn scope<'env, R>(&mut self, f: impl FnOnce(&mut FrameIn<'_, 'env, A, M>) -> R) -> R
    where
        A: Rewind,
    {
        call(self, f)
    }
}

/// Ends a frame when it is dropped: drops its values, newest first, and rewinds the arena.
///
/// A guard that is forgotten leaves its values to the frame around it, or to the arena.
///
/// # Panics
///
/// Dropping it panics when a destructor does. The other destructors run still, and the arena is
/// rewound; if another one panics meanwhile, or the frame ends because of a panic, the process
/// aborts.
#[must_use = "a frame ends when its guard is dropped"]
pub struct FrameGuard<'g, A: Rewind = BlinkAlloc<Global>, M: Sharing = Local> {
    level: Level<'g, A, M>,
    /// What [`frame`](Self::frame) lends out. Written for each call and never read here: a safe
    /// caller may have swapped it for the handle of another frame.
    handle: MaybeUninit<Frame<'g, A, M>>,
}

impl<'g, A: Rewind, M: Sharing> FrameGuard<'g, A, M> {
    #[inline(always)]
    fn new(blink: &'g Blink<A, M>) -> Self {
        Self {
            level: Level::new(blink),
            handle: MaybeUninit::uninit(),
        }
    }

    /// The handle of the frame.
    #[inline(always)]
    pub fn frame<'x>(&'x mut self) -> &'x mut Frame<'x, A, M> {
        let handle = (&raw mut self.handle).cast::<Frame<'x, A, M>>();
        // SAFETY: the field is ours for `'x`, and a handle of another lifetime has the same
        // layout.
        unsafe { handle.write(self.level.handle()) };
        // SAFETY: just written. Nobody reads it with the lifetime of the field.
        unsafe { &mut *handle }
    }
}

/// Calls a closure with a frame. The caller lets nobody else use the adaptor meanwhile.
#[inline(always)]
fn call<'env, A: Rewind, M: Sharing, R>(
    blink: &Blink<A, M>,
    f: impl FnOnce(&mut FrameIn<'_, 'env, A, M>) -> R,
) -> R {
    let (_tip, mut values) = Level::new(blink).ends();
    f(&mut FrameIn {
        handle: values.handle(),
        env: PhantomData,
    })
}

/// The frame of a closure, see [`Frame::scope`]: derefs to [`Frame`].
///
/// `'env` is what tells the compiler that the frame ends before what the closure borrows from
/// around it, so that references to that can be put into the frame.
#[derive(Debug)]
pub struct FrameIn<'f, 'env: 'f, A = BlinkAlloc<Global>, M: Sharing = Local> {
    handle: Frame<'f, A, M>,
    env: PhantomData<&'env ()>,
}

impl<'f, A, M: Sharing> Deref for FrameIn<'f, '_, A, M> {
    type Target = Frame<'f, A, M>;

    #[inline(always)]
    fn deref(&self) -> &Self::Target {
        &self.handle
    }
}

impl<A, M: Sharing> DerefMut for FrameIn<'_, '_, A, M> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.handle
    }
}

impl<A: Rewind, M: Sharing> Drop for FrameGuard<'_, A, M> {
    #[inline(always)]
    fn drop(&mut self) {
        let (_tip, _values) = self.level.ends();
    }
}

impl<A: Rewind, M: Sharing> fmt::Debug for FrameGuard<'_, A, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FrameGuard").finish_non_exhaustive()
    }
}

/// A place in a frame that is filled later, see [`Frame::slot`]. If it is never filled it stays
/// unused until the frame ends.
#[derive(Debug)]
#[must_use = "a slot is a place for a value"]
pub struct Slot<'f, T>(&'f mut MaybeUninit<T>);

impl<'f, T> Slot<'f, T> {
    /// Writes the value. It is never dropped: a type with a destructor does not compile.
    ///
    /// ```compile_fail
    /// # let mut blink = blink_alloc::Blink::new();
    /// let frame = blink.as_frame();
    /// frame.slot::<String>().fill(String::new());
    /// ```
    #[inline(always)]
    pub fn fill(self, value: T) -> &'f mut T {
        const {
            assert!(
                !mem::needs_drop::<T>(),
                "a slot cannot take a type that needs to be dropped"
            );
        }
        self.0.write(value)
    }
}
