//! Values of a copy that the arena drops: each exactly once, newest first.

use std::marker::PhantomData;

use blink_alloc::{Blink, BlinkAlloc, BlinkClone, CloneError, Cloner, SendBlink, SyncBlink};
use blink_tests::{
    base::Base,
    drops::{self, Counted, NO_ID, panic_as_planned, planned},
    every_counted,
};

/// Puts values, with other things between them.
struct Owner<T> {
    values: u32,
    /// How it ends.
    end: End,
    of: PhantomData<fn() -> T>,
}

#[derive(Clone, Copy, PartialEq)]
enum End {
    Well,
    Error,
    Panic,
}

struct OwnerRef<'blink, T> {
    values: &'blink [(&'blink str, &'blink mut T)],
}

impl<'blink, T: Counted + Send> BlinkClone<'blink> for Owner<T> {
    type Cloned = OwnerRef<'blink, T>;

    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        let values = cx.slice_with(0..self.values, |cx, id| {
            Ok((cx.str(&id.to_string())? as &str, cx.put_drop(T::new(id))?))
        })?;
        match self.end {
            End::Well => Ok(OwnerRef { values }),
            End::Error => Err(cx.fail(CloneError::Cycle("planned"))),
            End::Panic => panic_as_planned(),
        }
    }
}

fn owner<T>(values: u32, end: End) -> Owner<T> {
    let of = PhantomData;
    Owner { values, end, of }
}

/// Ids from the newest value to the oldest.
fn newest_first<T: Counted>(values: u32) -> Vec<u32> {
    let id = |id| if T::HAS_ID { id } else { NO_ID };
    (0..values).rev().map(id).collect()
}

fn check_copy<T: Counted>(copy: &OwnerRef<'_, T>, values: u32) {
    assert_eq!(copy.values.len(), values as usize);
    for (id, (name, value)) in (0..values).zip(copy.values) {
        assert_eq!(*name, id.to_string());
        assert_eq!(value.id(), if T::HAS_ID { id } else { NO_ID });
    }
    assert_eq!(drops::dropped(), 0);
}

#[test]
fn with_the_arena() {
    fn check<T: Counted + Send>() {
        drops::restart();
        let (mut blink, mut sync) = (Blink::new(), SyncBlink::new());
        let mut send = SendBlink::new(Blink::new());
        for values in [0, 1, 30] {
            check_copy(&blink.clone_in(&owner::<T>(values, End::Well)), values);
            blink.reset();
            assert_eq!(drops::order(), newest_first::<T>(values));
            check_copy(&send.clone_in(&owner::<T>(values, End::Well)), values);
            send.reset();
            assert_eq!(drops::order(), newest_first::<T>(values));
            check_copy(&sync.clone_in(&owner::<T>(values, End::Well)), values);
            sync.reset();
            assert_eq!(drops::order(), newest_first::<T>(values));
            let blink = Blink::new();
            check_copy(&blink.clone_in(&owner::<T>(values, End::Well)), values);
            drop(blink);
            assert_eq!(drops::order(), newest_first::<T>(values));
        }
    }
    every_counted!(check);
}

#[test]
fn with_the_frame() {
    fn check<T: Counted + Send>() {
        drops::restart();
        let mut blink = Blink::new();
        blink.scope(|frame| {
            let outer = frame.clone_in(&owner::<T>(3, End::Well));
            check_copy(&outer, 3);
            frame.scope(|frame| check_copy(&frame.clone_in(&owner::<T>(5, End::Well)), 5));
            assert_eq!(drops::order(), newest_first::<T>(5));
            check_copy(&outer, 3);
        });
        assert_eq!(drops::order(), newest_first::<T>(3));
        drops::restart();
    }
    every_counted!(check);
}

/// What a copy has put before it failed is the arena's.
#[test]
fn of_a_copy_that_failed() {
    fn check<T: Counted + Send>() {
        drops::restart();
        let mut blink = Blink::new();
        for end in [End::Error, End::Panic] {
            let failing = owner::<T>(4, end);
            assert_eq!(
                planned(|| drop(blink.try_clone_in(&failing))),
                end == End::Panic
            );
            assert_eq!(drops::dropped(), 0);
            blink.reset();
            assert_eq!(drops::order(), newest_first::<T>(4));
            blink.scope(|frame| {
                planned(|| drop(frame.try_clone_in(&failing)));
                assert_eq!(drops::dropped(), 0);
            });
            assert_eq!(drops::order(), newest_first::<T>(4));
        }
        drops::restart();
    }
    every_counted!(check);
}

/// What has no room is dropped at once.
#[test]
fn without_room() {
    fn check<T: Counted + Send>() {
        let base = Base::plain();
        for grants in 0.. {
            drops::restart();
            let mut blink = Blink::new_in(BlinkAlloc::new_in(base.clone()));
            base.refuse(grants, usize::MAX);
            let result = blink.try_clone_in(&owner::<T>(200, End::Well));
            let done = match result {
                Ok(copy) => {
                    check_copy(&copy, 200);
                    true
                }
                Err(error) => {
                    assert_eq!(error, CloneError::Alloc);
                    assert!(drops::made() <= 200 && drops::dropped() <= 1);
                    false
                }
            };
            base.obey();
            blink.reset();
            drops::assert_all_dropped();
            if done {
                break;
            }
        }
    }
    every_counted!(check);
}

#[test]
fn a_destructor_that_panics() {
    fn check<T: Counted + Send>() {
        for after in 0..6 {
            drops::restart();
            let mut blink = Blink::new();
            blink.clone_in(&owner::<T>(6, End::Well));
            drops::panic_after(after);
            assert!(planned(|| blink.reset()));
            drops::assert_all_dropped();
            check_copy_again::<T>(&blink);
        }
    }

    fn check_copy_again<T: Counted + Send>(blink: &Blink) {
        drops::restart();
        check_copy(&blink.clone_in(&owner::<T>(2, End::Well)), 2);
    }

    every_counted!(check);
}
