//! A cache of warm arenas, for tasks that come and go.
//!
//! The arenas wait on a stack under a lock, which is held for as long as it takes to move one.
//! Everything that calls the base allocator, or a destructor, is done outside of it.

use core::{
    fmt,
    mem::ManuallyDrop,
    ops::{Deref, DerefMut},
};

use alloc::collections::VecDeque;
use allocator_api2::alloc::Allocator;

use crate::{
    atomic::{AtomicUsize, Ordering, const_fn},
    base::Global,
    blink::Blink,
    local::BlinkAlloc,
    lock::Lock,
    send::SendBlink,
};

/// Bytes that an arena keeps whatever the others do.
const KEPT: usize = 1 << 20;

/// How many times the average an arena may hold. Also how slowly the average follows.
const TIMES: usize = 8;

/// Cache of warm arenas for tasks on any threads: who needs an arena takes one that has its
/// memory already, and gives it back.
///
/// Either by hand, with [`pop`](Self::pop) and [`push`](Self::push), or for as long as a guard
/// lives: [`get`](Self::get) lends an arena, [`get_blink`](Self::get_blink) a [`Blink`] and
/// [`get_send_blink`](Self::get_send_blink) a [`SendBlink`], which may go to another thread in
/// between. What comes back is emptied.
///
/// The arena that came back last is lent first: its memory is likely in the processor's cache.
/// Taking one and giving it back are a lock and a move of a few words each, and do not allocate
/// once as many arenas have waited before.
///
/// # Memory
///
/// Arenas stay warm: each keeps one chunk that fits what was done with it. One that has grown
/// enormous is trimmed when it comes back: if it holds more than 1 MiB, and more than eight
/// times the average of those before it (of which the last few count most), it is freed down to
/// that. So one enormous task is forgotten, while the second of two in a row finds its arena
/// warm. [`trim_to`](Self::trim_to) frees what waits, at a time of your choice.
///
/// # Examples
///
/// ```
/// use blink_alloc::BlinkAllocCache;
///
/// static ARENAS: BlinkAllocCache = BlinkAllocCache::new();
///
/// fn answer(query: &str) -> usize {
///     let blink = ARENAS.get_blink();
///     let words = blink.emplace_no_drop().from_iter(query.split(' '));
///     words.sort_unstable();
///     words.len()
/// }
///
/// std::thread::scope(|scope| {
///     for _ in 0..4 {
///         scope.spawn(|| assert_eq!(answer("to be or not to be"), 6));
///     }
/// });
/// assert!(ARENAS.pop().is_some());
/// ```
pub struct BlinkAllocCache<A: Allocator = Global> {
    waiting: Lock<VecDeque<BlinkAlloc<A>>>,
    /// What arenas held that came back, in bytes: an average that follows slowly. Where two come
    /// back at once one of them may not count.
    average: AtomicUsize,
}

impl<A: Allocator> BlinkAllocCache<A> {
    const_fn! {
        /// An empty cache. Allocates nothing yet.
        pub const fn new() -> Self {
            Self {
                waiting: Lock::new(VecDeque::new()),
                average: AtomicUsize::new(0),
            }
        }
    }

    /// Takes the arena that came back last; `None` where none waits.
    ///
    /// # Examples
    ///
    /// ```
    /// use blink_alloc::{BlinkAlloc, BlinkAllocCache};
    ///
    /// let cache: BlinkAllocCache = BlinkAllocCache::new();
    /// let arena = cache.pop().unwrap_or_default();
    /// cache.push(arena);
    /// assert!(cache.pop().is_some());
    /// ```
    #[inline]
    pub fn pop(&self) -> Option<BlinkAlloc<A>> {
        self.waiting.with(VecDeque::pop_back)
    }

    /// Resets an arena and keeps it, trimmed as the type's documentation says. Where there is
    /// no memory to keep one more, it is freed.
    #[inline]
    pub fn push(&self, mut arena: BlinkAlloc<A>) {
        let capacity = arena.total_capacity();
        let most = self.allows(capacity);
        if capacity > most {
            arena.reset_to(most);
        } else {
            arena.reset();
        }
        self.put(arena);
    }

    /// How much an arena may keep that comes back with `capacity` bytes.
    fn allows(&self, capacity: usize) -> usize {
        let average = self.average.load(Ordering::Relaxed);
        let next = average - average / TIMES + capacity / TIMES;
        self.average.store(next, Ordering::Relaxed);
        average.saturating_mul(TIMES).max(KEPT)
    }

    /// Adds an arena, or drops it where there is no memory to note it. Not under the lock: the
    /// base allocator is somebody else's code.
    #[inline]
    fn put(&self, arena: BlinkAlloc<A>) {
        let too_many = self.waiting.with(|waiting| {
            if waiting.try_reserve(1).is_err() {
                return Some(arena);
            }
            waiting.push_back(arena);
            None
        });
        drop(too_many);
    }

    /// Lends an arena, a new one where none waits.
    ///
    /// # Examples
    ///
    /// ```
    /// use allocator_api2::vec::Vec;
    /// use blink_alloc::BlinkAllocCache;
    ///
    /// let cache: BlinkAllocCache = BlinkAllocCache::new();
    /// for _ in 0..100 {
    ///     let arena = cache.get();
    ///     assert_eq!(arena.allocated_bytes(), 0);
    ///     let mut numbers = Vec::new_in(&*arena);
    ///     numbers.extend(0..1000);
    /// }
    /// ```
    #[inline]
    pub fn get(&self) -> Cached<'_, BlinkAlloc<A>>
    where
        A: Default,
    {
        self.get_as(BlinkAlloc::default)
    }

    /// Lends a [`Blink`] around an arena. Its values are dropped when the guard is.
    ///
    /// The guard stays in its thread, as a `Blink` does:
    ///
    /// ```compile_fail,E0277
    /// let cache: blink_alloc::BlinkAllocCache = blink_alloc::BlinkAllocCache::new();
    /// let blink = cache.get_blink();
    /// std::thread::scope(|scope| scope.spawn(move || drop(blink)).join());
    /// ```
    ///
    /// # Examples
    ///
    /// ```
    /// # use std::rc::Rc;
    /// let cache: blink_alloc::BlinkAllocCache = blink_alloc::BlinkAllocCache::new();
    /// let counted = Rc::new(());
    /// let blink = cache.get_blink();
    /// blink.put(counted.clone());
    /// drop(blink);
    /// assert_eq!(Rc::strong_count(&counted), 1);
    /// ```
    #[inline]
    pub fn get_blink(&self) -> Cached<'_, Blink<BlinkAlloc<A>>>
    where
        A: Default,
    {
        self.get_as(BlinkAlloc::default)
    }

    /// Lends a [`SendBlink`] around an arena, which may go to another thread, and come back
    /// from there. For tasks of an async runtime, and for pools of adaptors.
    ///
    /// # Examples
    ///
    /// ```
    /// let cache: blink_alloc::BlinkAllocCache = blink_alloc::BlinkAllocCache::new();
    /// let blink = cache.get_send_blink();
    /// blink.put(vec![1, 2, 3]);
    /// std::thread::scope(|scope| {
    ///     scope.spawn(move || assert_eq!(*blink.put(42), 42)); // drops the vector there
    /// });
    /// assert!(cache.pop().is_some());
    /// ```
    #[inline]
    pub fn get_send_blink(&self) -> Cached<'_, SendBlink<BlinkAlloc<A>>>
    where
        A: Default,
    {
        self.get_as(BlinkAlloc::default)
    }

    /// Lends an arena, or an adaptor around one: [`get`](Self::get),
    /// [`get_blink`](Self::get_blink) and [`get_send_blink`](Self::get_send_blink) for base
    /// allocators that have no default. Where no arena waits it is made by `new`.
    ///
    /// # Examples
    ///
    /// ```
    /// use allocator_api2::alloc::Global;
    /// use blink_alloc::{Blink, BlinkAlloc, BlinkAllocCache};
    ///
    /// let cache = BlinkAllocCache::new();
    /// let blink = cache.get_as::<Blink<_>>(|| BlinkAlloc::with_chunk_size_in(1 << 16, Global));
    /// blink.put(42);
    /// ```
    #[inline]
    pub fn get_as<T: Pooled<Base = A>>(
        &self,
        new: impl FnOnce() -> BlinkAlloc<A>,
    ) -> Cached<'_, T> {
        let item = match self.pop() {
            Some(arena) => T::around(arena),
            None => T::around(new()),
        };
        Cached {
            item: ManuallyDrop::new(item),
            cache: self,
        }
    }

    fn waiting(&self) -> usize {
        self.waiting.with(|waiting| waiting.len())
    }

    /// Frees what the arenas that wait hold above `bytes` bytes each: one that holds more
    /// starts from nothing. With 0 all do.
    ///
    /// # Examples
    ///
    /// ```
    /// use blink_alloc::{BlinkAlloc, BlinkAllocCache};
    ///
    /// let cache: BlinkAllocCache = BlinkAllocCache::new();
    /// cache.push(BlinkAlloc::with_capacity(100_000));
    /// cache.trim_to(10_000);
    /// assert_eq!(cache.pop().unwrap().total_capacity(), 0);
    /// ```
    pub fn trim_to(&self, bytes: usize) {
        for _ in 0..self.waiting() {
            let Some(mut arena) = self.waiting.with(VecDeque::pop_front) else {
                return;
            };
            arena.reset_to(bytes);
            self.put(arena);
        }
    }
}

impl<A: Allocator> Default for BlinkAllocCache<A> {
    fn default() -> Self {
        Self::new()
    }
}

impl<A: Allocator> fmt::Debug for BlinkAllocCache<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlinkAllocCache")
            .field("waiting", &self.waiting())
            .finish_non_exhaustive()
    }
}

/// What a [`BlinkAllocCache`] lends: an arena, or an adaptor around one. When it is dropped it
/// is emptied, and the arena goes back.
///
/// It derefs to the arena or adaptor. If it is forgotten, what is in it is leaked and never
/// dropped.
///
/// # Panics
///
/// When it is dropped, if the destructor of a value does. The other destructors run still, and
/// the arena is freed.
#[must_use = "the arena goes back when this is dropped"]
pub struct Cached<'c, T: Pooled> {
    item: ManuallyDrop<T>,
    cache: &'c BlinkAllocCache<T::Base>,
}

impl<T: Pooled> Drop for Cached<'_, T> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: it is not used afterwards.
        let item = unsafe { ManuallyDrop::take(&mut self.item) };
        self.cache.push(item.into_arena());
    }
}

impl<T: Pooled> Deref for Cached<'_, T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        &self.item
    }
}

impl<T: Pooled> DerefMut for Cached<'_, T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut T {
        &mut self.item
    }
}

impl<T: Pooled + fmt::Debug> fmt::Debug for Cached<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.item.fmt(f)
    }
}

/// What can be made around an arena of a [`BlinkAllocCache`]: `BlinkAlloc`, `Blink` and
/// `SendBlink`.
pub trait Pooled: sealed::Pooled {
    /// The base allocator of the arena.
    type Base: Allocator;

    #[doc(hidden)]
    fn around(arena: BlinkAlloc<Self::Base>) -> Self;

    /// Drops all values, and returns the arena.
    #[doc(hidden)]
    fn into_arena(self) -> BlinkAlloc<Self::Base>;
}

impl<A: Allocator> Pooled for BlinkAlloc<A> {
    type Base = A;

    #[inline]
    fn around(arena: Self) -> Self {
        arena
    }

    #[inline]
    fn into_arena(self) -> Self {
        self
    }
}

impl<A: Allocator> Pooled for Blink<BlinkAlloc<A>> {
    type Base = A;

    #[inline]
    fn around(arena: BlinkAlloc<A>) -> Self {
        Self::new_in(arena)
    }

    #[inline]
    fn into_arena(self) -> BlinkAlloc<A> {
        self.into_allocator()
    }
}

impl<A: Allocator> Pooled for SendBlink<BlinkAlloc<A>> {
    type Base = A;

    #[inline]
    fn around(arena: BlinkAlloc<A>) -> Self {
        Self::new_in(arena)
    }

    #[inline]
    fn into_arena(self) -> BlinkAlloc<A> {
        self.into_inner().into_allocator()
    }
}

mod sealed {
    use allocator_api2::alloc::Allocator;

    use crate::{blink::Blink, local::BlinkAlloc, send::SendBlink};

    pub trait Pooled {}

    impl<A: Allocator> Pooled for BlinkAlloc<A> {}
    impl<A: Allocator> Pooled for Blink<BlinkAlloc<A>> {}
    impl<A: Allocator> Pooled for SendBlink<BlinkAlloc<A>> {}
}
