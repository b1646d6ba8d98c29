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

/// Threads that add to one list, in all orders. Run by `RUSTFLAGS="--cfg blink_loom" cargo test`
/// with `--lib`.
#[cfg(all(test, blink_loom, feature = "alloc"))]
mod models {
    use alloc::{boxed::Box, vec::Vec};
    use core::mem::MaybeUninit;

    use loom::{
        sync::{Arc, Mutex},
        thread,
    };

    use super::*;
    use crate::drop_list::{Newest, One};

    /// Says that it is dropped.
    struct Value(u32, Arc<Mutex<Vec<u32>>>);

    impl Drop for Value {
        fn drop(&mut self) {
            self.1.lock().unwrap().push(self.0);
        }
    }

    /// Adds an entry, and returns it, so that its memory can be freed.
    fn add(list: &DropList<Threads>, value: Value) -> Newest {
        let entry = Box::leak(Box::new(MaybeUninit::<One<Value>>::uninit()));
        let entry = NonNull::from(entry).cast::<One<Value>>();
        // SAFETY: memory of an entry.
        let place = unsafe { One::value(entry) };
        // SAFETY: as above.
        unsafe { place.write(value) };
        // SAFETY: the value is written, and the memory stays until the list has run.
        unsafe { list.push_one(entry) };
        Newest(entry.as_ptr().cast())
    }

    /// Frees the memory of an entry that has run.
    fn free(entry: Newest) {
        let entry = NonNull::new(entry.0).unwrap();
        let entry = entry.cast::<MaybeUninit<One<Value>>>();
        // SAFETY: the memory is that of a box, and its value is gone.
        drop(unsafe { Box::from_raw(entry.as_ptr()) });
    }

    #[test]
    fn each_value_is_dropped_once_and_newest_first() {
        loom::model(|| {
            let dropped = Arc::new(Mutex::new(Vec::new()));
            let list = Arc::new(DropList::threads());
            let oldest = add(&list, Value(0, dropped.clone()));
            let other = {
                let (list, dropped) = (list.clone(), dropped.clone());
                thread::spawn(move || {
                    [10, 11].map(|number| add(&list, Value(number, dropped.clone())))
                })
            };
            let mine = [20, 21].map(|number| add(&list, Value(number, dropped.clone())));
            let its = other.join().unwrap();

            let Ok(mut list) = Arc::try_unwrap(list) else {
                unreachable!("the other thread has ended");
            };
            list.run();
            assert!(list.is_empty());
            let order = dropped.lock().unwrap().clone();
            assert_eq!((order.len(), order[4]), (5, 0));
            for number in [10, 20] {
                let of_thread = order.iter().copied().filter(|n| n / 10 == number / 10);
                assert!(of_thread.eq([number + 1, number]));
            }
            [oldest].into_iter().chain(mine).chain(its).for_each(free);
        });
    }
}
