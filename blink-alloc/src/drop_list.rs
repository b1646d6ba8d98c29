//! The destructors that an adaptor owes.
//!
//! An entry lies in the arena in front of what it drops, a [`Header`] and for slices a count.
//! The list is a chain from the newest entry to the oldest; its head belongs to the adaptor,
//! never to an arena (I7). Putting a value writes two words and the head.
//!
//! Lists differ in their [`Head`] alone: that of one thread is a cell, that of several an atomic
//! (in `threads`).

#[cfg(target_has_atomic = "ptr")]
mod threads;

#[cfg(feature = "alloc")]
use core::alloc::{Layout, LayoutError};
use core::{
    cell::Cell,
    mem::offset_of,
    ptr::{self, NonNull},
};

#[cfg(target_has_atomic = "ptr")]
pub(crate) use self::threads::Threads;

/// The front of every entry.
#[repr(C)]
pub struct Header {
    /// Drops what stands behind the header. The pointer is that of the header itself, with
    /// provenance for the whole entry.
    drop: DropEntry,
    next: Option<NonNull<Header>>,
}

/// Drops the value of an entry.
type DropEntry = unsafe fn(NonNull<Header>);

/// The entry of one value.
#[repr(C)]
pub(crate) struct One<T> {
    header: Header,
    value: T,
}

/// The entry of a slice. The items follow; there are `count` of them.
#[repr(C)]
pub(crate) struct Many<T> {
    header: Header,
    count: usize,
    items: [T; 0],
}

/// The entry of a value whose size is known at run time only. The value follows.
#[cfg(feature = "alloc")]
#[repr(C)]
pub(crate) struct Unsized<T: ?Sized> {
    header: Header,
    value: *mut T,
}

impl<T> One<T> {
    /// Where the value of an entry is.
    ///
    /// # Safety
    ///
    /// `entry` points to memory for a `One<T>`.
    #[inline(always)]
    pub(crate) unsafe fn value(entry: NonNull<Self>) -> NonNull<T> {
        // SAFETY: within the entry.
        unsafe { entry.byte_add(offset_of!(Self, value)) }.cast()
    }

    /// # Safety
    ///
    /// `header` is the front of a `One<T>` whose value is initialized and not used again.
    unsafe fn drop(header: NonNull<Header>) {
        // SAFETY: the caller's promise.
        let value = unsafe { Self::value(header.cast()) };
        // SAFETY: the caller's promise.
        unsafe { value.drop_in_place() };
    }
}

impl<T> Many<T> {
    /// Bytes in front of the items.
    pub(crate) const ITEMS: usize = offset_of!(Self, items);

    /// # Safety
    ///
    /// `header` is the front of a `Many<T>` behind which `count` initialized items follow that
    /// are not used again.
    unsafe fn drop(header: NonNull<Header>) {
        let entry = header.cast::<Self>();
        // SAFETY: the caller's promise; a place expression, no reference.
        let count = unsafe { (*entry.as_ptr()).count };
        // SAFETY: the items follow within the same block.
        let items = unsafe { entry.byte_add(Self::ITEMS) }.cast::<T>();
        // SAFETY: the caller's promise. A raw slice: the destructors see their items only.
        unsafe { ptr::slice_from_raw_parts_mut(items.as_ptr(), count).drop_in_place() };
    }
}

#[cfg(feature = "alloc")]
impl<T: ?Sized> Unsized<T> {
    /// The layout of an entry with a value of some layout, and where the value is in it.
    pub(crate) fn layout(value: Layout) -> Result<(Layout, usize), LayoutError> {
        Layout::new::<Self>().extend(value)
    }

    /// # Safety
    ///
    /// `header` is the front of an `Unsized<T>` whose value is initialized and not used again.
    unsafe fn drop(header: NonNull<Header>) {
        // SAFETY: the caller's promise; a place expression, no reference.
        let value = unsafe { (*header.cast::<Self>().as_ptr()).value };
        // SAFETY: the caller's promise.
        unsafe { value.drop_in_place() };
    }
}

/// The newest entry of a list, and how one is added before it.
///
/// Not for anybody else, and public only because the modes of adaptors name it.
pub trait Head {
    /// The newest entry.
    fn get(&self) -> Option<NonNull<Header>>;

    /// Makes another entry the newest, and returns the one that was. The caller lets nobody add
    /// one meanwhile.
    fn replace(&self, newest: Option<NonNull<Header>>) -> Option<NonNull<Header>>;

    /// Writes the header of an entry, and makes it the newest.
    ///
    /// # Safety
    ///
    /// `header` is the front of an entry that `drop` fits. Nobody else uses it, and it stays as
    /// long as it is in the list.
    unsafe fn push(&self, header: NonNull<Header>, drop: DropEntry);
}

/// The head of a list to which one thread adds.
pub struct OneThread(Cell<Option<NonNull<Header>>>);

impl Head for OneThread {
    #[inline(always)]
    fn get(&self) -> Option<NonNull<Header>> {
        self.0.get()
    }

    #[inline(always)]
    fn replace(&self, newest: Option<NonNull<Header>>) -> Option<NonNull<Header>> {
        self.0.replace(newest)
    }

    #[inline(always)]
    unsafe fn push(&self, header: NonNull<Header>, drop: DropEntry) {
        let next = self.0.get();
        // SAFETY: memory of the entry.
        unsafe { header.write(Header { drop, next }) };
        self.0.set(Some(header));
    }
}

/// A chain of entries, newest first.
///
/// Invariant: every entry in the chain is alive, its value is initialized, and the chain holds
/// it once.
pub(crate) struct DropList<H> {
    head: H,
}

impl DropList<OneThread> {
    /// An empty list of one thread.
    pub(crate) const fn one_thread() -> Self {
        let head = OneThread(Cell::new(None));
        Self { head }
    }
}

impl<H: Head> DropList<H> {
    /// Adds the entry of one value.
    ///
    /// # Safety
    ///
    /// `entry` points to memory for a `One<T>`, whose value is initialized and may be dropped
    /// by whoever owns the list. Memory and value stay until [`run`](Self::run).
    #[inline(always)]
    pub(crate) unsafe fn push_one<T>(&self, entry: NonNull<One<T>>) {
        // SAFETY: the caller's promise, and `One::<T>::drop` fits the entry.
        unsafe { self.head.push(entry.cast(), One::<T>::drop) };
    }

    /// Adds the entry of a slice of `count` items.
    ///
    /// # Safety
    ///
    /// As [`push_one`](Self::push_one), for a `Many<T>` and the items behind it.
    #[inline(always)]
    pub(crate) unsafe fn push_many<T>(&self, entry: NonNull<Many<T>>, count: usize) {
        // SAFETY: memory of the entry; a place expression, no reference.
        unsafe { (*entry.as_ptr()).count = count };
        // SAFETY: the caller's promise, and `Many::<T>::drop` fits the entry.
        unsafe { self.head.push(entry.cast(), Many::<T>::drop) };
    }

    /// Adds the entry of a value that stands anywhere in its block.
    ///
    /// # Safety
    ///
    /// As [`push_one`](Self::push_one), for an `Unsized<T>` and the value at `value`, which has
    /// provenance for it.
    #[cfg(feature = "alloc")]
    pub(crate) unsafe fn push_unsized<T: ?Sized>(&self, entry: NonNull<Unsized<T>>, value: *mut T) {
        // SAFETY: memory of the entry; a place expression, no reference.
        unsafe { (*entry.as_ptr()).value = value };
        // SAFETY: the caller's promise, and `Unsized::<T>::drop` fits the entry.
        unsafe { self.head.push(entry.cast(), Unsized::<T>::drop) };
    }

    #[inline(always)]
    pub(crate) fn is_empty(&self) -> bool {
        self.head.get().is_none()
    }

    /// The newest entry.
    #[inline(always)]
    pub(crate) fn newest(&self) -> Newest {
        Newest(self.head.get().map_or(ptr::null_mut(), NonNull::as_ptr))
    }

    /// Runs all destructors, newest first. If one panics the others run still, and then the
    /// panic goes on (I8).
    #[inline(always)]
    pub(crate) fn run(&mut self) {
        if let Some(head) = self.head.replace(None) {
            run(head.as_ptr(), ptr::null_mut());
        }
    }

    /// [`run`](Self::run) of the destructors that were added since `kept` was the newest.
    ///
    /// # Safety
    ///
    /// `kept` is of this list, its entry has not run, nobody uses the values that were added
    /// since, and nobody adds one meanwhile.
    #[inline(always)]
    pub(crate) unsafe fn run_to(&self, kept: Newest) {
        let head = self.head.replace(NonNull::new(kept.0));
        run(head.map_or(ptr::null_mut(), NonNull::as_ptr), kept.0);
    }
}

/// The newest entry of a list at one moment.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Newest(*mut Header);

// SAFETY: it is compared, and given back to the list that it is from.
unsafe impl Send for Newest {}

/// Runs a part of a chain that is in no list any more, up to `end`.
#[inline(never)]
fn run(next: *mut Header, end: *mut Header) {
    /// The entries that are left. Its own destructor goes on where a panic has stopped.
    struct Rest {
        next: *mut Header,
        end: *mut Header,
    }

    impl Rest {
        fn run(&mut self) {
            while self.next != self.end {
                // SAFETY: entries of a list are alive and initialized, and each is met once:
                // a place expression, no reference.
                let drop = unsafe { (*self.next).drop };
                // On a panic the guard steps over this entry before it goes on.
                // SAFETY: only the end can be null.
                let header = unsafe { NonNull::new_unchecked(self.next) };
                // SAFETY: `drop` is the function of this entry.
                unsafe { drop(header) };
                self.step();
            }
        }

        #[inline(always)]
        fn step(&mut self) {
            // SAFETY: the header is still there, as it was: it is part of a block in use, to
            // which nobody but this chain has a pointer.
            let next = unsafe { (*self.next).next };
            self.next = next.map_or(ptr::null_mut(), NonNull::as_ptr);
        }
    }

    impl Drop for Rest {
        fn drop(&mut self) {
            if self.next != self.end {
                self.step();
                self.run();
            }
        }
    }

    Rest { next, end }.run();
}
