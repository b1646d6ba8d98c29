//! Values that come and go while a copy is made: an address that is used again is another value.

use std::{
    cell::{Cell, RefCell},
    ptr,
    rc::{Rc, Weak},
    sync::Arc,
};

use blink_alloc::{Blink, BlinkClone, BlinkWeak, Cloner};

/// Makes pointers, has them copied, and drops them at once.
struct Fleeting<const KEEP: bool>;

const TIMES: u32 = 200;

impl<'blink, const KEEP: bool> BlinkClone<'blink> for Fleeting<KEEP> {
    type Cloned = &'blink [(&'blink u32, &'blink u32, BlinkWeak<'blink, u32>)];

    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        let numbers = 0..TIMES;
        let copies = cx.slice_with(numbers, |cx, number| {
            let (rc, arc) = (Rc::new(number), Arc::new(number + TIMES));
            // With a second pointer, the memo knows the value.
            let more = KEEP.then(|| (rc.clone(), arc.clone(), Rc::downgrade(&rc)));
            let weak = match &more {
                Some((_, _, weak)) => weak.blink_clone(cx)?,
                None => Weak::<u32>::new().blink_clone(cx)?,
            };
            Ok((rc.blink_clone(cx)?, arc.blink_clone(cx)?, weak))
        })?;
        Ok(copies)
    }
}

fn check(copies: &[(&u32, &u32, BlinkWeak<'_, u32>)], weak: bool) {
    for (number, (rc, arc, slot)) in (0..).zip(copies) {
        assert_eq!((**rc, **arc), (number, number + TIMES));
        assert_eq!(slot.upgrade().copied(), weak.then_some(number));
    }
    assert_eq!(copies.len(), TIMES as usize);
}

#[test]
fn values_made_on_the_way() {
    let blink = Blink::new();
    check(blink.clone_in(&Fleeting::<false>), false);
    check(blink.clone_in(&Fleeting::<true>), true);
}

/// A weak pointer whose value nobody has any more, but the copy.
#[test]
fn a_weak_pointer_keeps_the_address() {
    struct Orphans;

    impl<'blink> BlinkClone<'blink> for Orphans {
        type Cloned = ();

        fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<(), C::Error> {
            for _ in 0..TIMES {
                let first = Rc::new([1_u64; 4]);
                let orphan = Rc::downgrade(&first).blink_clone(cx)?;
                let address = ptr::from_ref(&*first).addr();
                drop(first);
                let second = Rc::new([2_u64; 4]);
                assert_ne!(ptr::from_ref(&*second).addr(), address);
                let both = (second.clone(), second).blink_clone(cx)?;
                assert!(orphan.upgrade().is_none());
                assert_eq!((both.0[0], both.1[0]), (2, 2));
            }
            Ok(())
        }
    }

    Blink::new().clone_in(&Orphans);
}

/// What the copy holds is dropped with it: not before, and in this thread's arena or not.
#[test]
fn held_values_are_dropped_at_the_end() {
    thread_local! {
        static DROPS: Cell<u32> = const { Cell::new(0) };
    }

    struct Loud {
        blink: Rc<Blink>,
    }

    impl Drop for Loud {
        fn drop(&mut self) {
            // Its destructor copies into the same arena.
            let text = self.blink.clone_in(&Rc::new(String::from("last words")));
            assert_eq!(*text, "last words");
            DROPS.set(DROPS.get() + 1);
        }
    }

    impl<'blink> BlinkClone<'blink> for Loud {
        type Cloned = u32;

        fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<u32, C::Error> {
            let number = cx.put(DROPS.get())?;
            Ok(*number)
        }
    }

    struct Dropping(RefCell<Vec<Rc<Loud>>>);

    impl<'blink> BlinkClone<'blink> for Dropping {
        type Cloned = Vec<&'blink u32>;

        fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
            let mut copies = Vec::new();
            while let Some(loud) = self.0.borrow_mut().pop() {
                copies.push((loud.clone(), loud).blink_clone(cx)?.0);
                assert_eq!(DROPS.get(), 0);
            }
            Ok(copies)
        }
    }

    let blink = Rc::new(Blink::new());
    let loud = || {
        Rc::new(Loud {
            blink: blink.clone(),
        })
    };
    let value = Dropping(RefCell::new((0..10).map(|_| loud()).collect()));
    let copies = blink.clone_in(&value);
    assert_eq!(copies, [&0; 10]);
    assert_eq!(DROPS.get(), 10);
    let distinct = |one: usize, other: usize| !ptr::eq(copies[one], copies[other]);
    assert!((1..10).all(|index| distinct(index - 1, index)));
}
