//! The list of several threads.

use core::ptr::{self, NonNull};

use super::{DropEntry, DropList, Head, Header};
use crate::atomic::{AtomicPtr, Ordering, const_fn};

/// The head of a list to which several threads add at once.
///
/// Who adds publishes its entry (`Release`) and reads none. Who runs the list has the adaptor to
/// itself, and reads all entries after one load of the head (`Acquire`): the head is changed by
/// read-modify-writes only, so that this load is behind each of them.
pub struct Threads(AtomicPtr<Header>);

impl Head for Threads {
    #[inline]
    fn get(&self) -> Option<NonNull<Header>> {
        NonNull::new(self.0.load(Ordering::Acquire))
    }

    #[inline]
    fn replace(&self, newest: Option<NonNull<Header>>) -> Option<NonNull<Header>> {
        let newest = newest.map_or(ptr::null_mut(), NonNull::as_ptr);
        NonNull::new(self.0.swap(newest, Ordering::Acquire))
    }

    #[inline]
    unsafe fn push(&self, header: NonNull<Header>, drop: DropEntry) {
        let mut seen = self.0.load(Ordering::Relaxed);
        loop {
            let next = NonNull::new(seen);
            // SAFETY: memory of the entry, which no other thread knows yet.
            unsafe { header.write(Header { drop, next }) };
            match self.0.compare_exchange_weak(
                seen,
                header.as_ptr(),
                Ordering::Release,
                Ordering::Relaxed,
            ) {
                Ok(_) => return,
                Err(newer) => seen = newer,
            }
        }
    }
}

impl DropList<Threads> {
    const_fn! {
        /// An empty list of several threads.
        pub(crate) const fn threads() -> Self {
            let head = Threads(AtomicPtr::new(ptr::null_mut()));
            Self { head }
        }
    }
}
