//! A cache of warm arenas, for tasks that come and go.
//!
//! The arenas wait on a stack under a lock, which is held for as long as it takes to move one.
//! Everything that calls the base allocator, or a destructor, is done outside of it.

use core::{
    fmt,
    mem::{self, ManuallyDrop},
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

/// Bytes that an arena keeps whatever the others do, unless the cache was told otherwise.
const KEPT: usize = 1 << 20;

/// How many times the average an arena may hold. Also how slowly the average follows.
const TIMES: usize = 8;

/// Cache of warm arenas for tasks on any threads: who needs an arena takes one that has its
/// memory already, and gives it back.
///
/// Either by hand, with [`pop`](Self::pop) and [`push`](Self::push), or for as long as a guard
/// lives: [`get`](Self::get) lends an arena, [`get_blink`](Self::get_blink) a [`Blink`] and
/// [`get_send_blink`](Self::get_send_blink) a [`SendBlink`], which may go to another thread in
/// between. What comes back is emptied. An arena keeps its [limit](BlinkAlloc::set_limit): who
/// sets one for a task takes it off again.
///
/// The arena that came back last is lent first: its memory is likely in the processor's cache.
/// Taking one and giving it back are a lock and a move of a few words each, and do not allocate
/// once as many arenas have waited before.
///
/// # Memory
///
/// Arenas stay warm: each keeps one chunk that fits what was done with it. One that has grown
/// enormous is trimmed when it comes back: if it has more than 1 MiB of room (or what
/// [`keeping`](Self::keeping) says), and more than eight times what was in the arenas that came
/// back before, on average, it is freed, and only as much of it is kept if that is enough for what
/// was in it. The last eight or so count most. So the memory of one enormous task is given back
/// at once, that of some in a row stays warm, and comes down when the arena is lent to small ones.
/// One that is not lent again keeps what it has.
///
/// An arena that comes back empty is kept as it is: it was reset already, or used in frames, and
/// nobody knows what it is good for. [`trim_to`](Self::trim_to) frees what waits, at a time of
/// your choice.
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
    /// What was in arenas that came back, in bytes: an average that follows slowly. Where two come
    /// back at once one of them may not count.
    average: AtomicUsize,
    /// Bytes that an arena keeps in any case.
    kept: usize,
}

impl<A: Allocator> BlinkAllocCache<A> {
    const_fn! {
        /// An empty cache. Allocates nothing yet.
        pub const fn new() -> Self {
            Self::keeping(KEPT)
        }
    }

    const_fn! {
        /// An empty cache that trims no arena of up to `bytes` bytes. Allocates nothing yet.
        ///
        /// For tasks of which it is known what they take, for those that work in frames, and for
        /// base allocators that give more than they are asked for, like whole pages of 2 MiB.
        /// With `usize::MAX` no arena is ever trimmed.
        ///
        /// # Examples
        ///
        /// ```
        /// use blink_alloc::{BlinkAlloc, BlinkAllocCache};
        ///
        /// static ARENAS: BlinkAllocCache = BlinkAllocCache::keeping(16 << 20);
        ///
        /// let arena = ARENAS.get();
        /// arena.reserve(10 << 20);
        /// arena.allocate(std::alloc::Layout::new::<u64>()).unwrap();
        /// drop(arena);
        /// assert!(ARENAS.get().total_capacity() >= 10 << 20);
        /// ```
        pub const fn keeping(bytes: usize) -> Self {
            Self {
                waiting: Lock::new(VecDeque::new()),
                average: AtomicUsize::new(0),
                kept: bytes,
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
        let (used, capacity) = (arena.allocated_bytes(), arena.total_capacity());
        if used > 0 {
            let most = self.allows(used);
            if capacity > most {
                arena.reset_to(most);
            } else {
                arena.reset();
            }
        }
        self.put(arena);
    }

    /// How much an arena may keep that comes back with `used` bytes in it.
    fn allows(&self, used: usize) -> usize {
        let average = self.average.load(Ordering::Relaxed);
        let next = average - average / TIMES + used / TIMES;
        self.average.store(next, Ordering::Relaxed);
        average.saturating_mul(TIMES).max(self.kept)
    }

    /// Adds an arena, or drops it where there is no memory to note it.
    ///
    /// Nothing is allocated or dropped under the lock: allocators are somebody else's code.
    #[inline]
    fn put(&self, mut arena: BlinkAlloc<A>) {
        while let Some((back, full)) = self.put_into_room(arena) {
            if !self.make_room(full) {
                return;
            }
            arena = back;
        }
    }

    /// Adds an arena if there is room, or gives it back with the number that there is room for.
    #[inline]
    fn put_into_room(&self, arena: BlinkAlloc<A>) -> Option<(BlinkAlloc<A>, usize)> {
        self.waiting.with(|waiting| {
            let room = waiting.capacity();
            if waiting.len() == room {
                return Some((arena, room));
            }
            waiting.push_back(arena);
            None
        })
    }

    /// Makes room for more than `full` arenas. Whether there is memory for it.
    #[cold]
    fn make_room(&self, full: usize) -> bool {
        let mut other = VecDeque::new();
        if other.try_reserve(2 * full.max(2)).is_err() {
            return false;
        }
        self.waiting.with(|waiting| {
            // Another thread may have made room meanwhile.
            if waiting.capacity() < other.capacity() {
                other.append(waiting);
                mem::swap(waiting, &mut other);
            }
        });
        true
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
        T::fmt(&self.item, f)
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
