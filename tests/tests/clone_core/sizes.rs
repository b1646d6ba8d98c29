//! Copies of every size and alignment, other than those of their originals.

use std::{ptr, rc::Rc};

use blink_alloc::{Blink, BlinkClone, Cloner};
use blink_tests::{arena::Arena, every_arena};

/// Becomes a `T`.
struct Becomes<T: Copy>(T);

impl<'blink, T: Copy + 'blink> BlinkClone<'blink> for Becomes<T> {
    type Cloned = T;

    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<T, C::Error> {
        // So that the place is not the newest block.
        cx.put(1_u8)?;
        Ok(self.0)
    }
}

/// What has no bytes becomes something that has.
struct FromNothing;

impl<'blink> BlinkClone<'blink> for FromNothing {
    type Cloned = Wide;

    fn blink_clone<C: Cloner<'blink>>(&self, _: &mut C) -> Result<Wide, C::Error> {
        Ok(Wide(7))
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(64))]
struct Wide(u8);

#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(4096))]
struct Page(u8);

#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(64))]
struct Nothing;

fn check_value<T: Copy + PartialEq + core::fmt::Debug + 'static, A: Arena>(
    blink: &Blink<A>,
    value: T,
) {
    let aligned = |copy: &T| {
        assert!(ptr::from_ref(copy).is_aligned());
        assert_eq!(*copy, value);
    };
    aligned(blink.clone_in(&Box::new(Becomes(value))));
    aligned(blink.try_clone_in(&Rc::new(Becomes(value))).unwrap());
    let shared = Rc::new(Becomes(value));
    let copies = blink.clone_in(&(shared.clone(), Rc::downgrade(&shared), shared));
    aligned(copies.0);
    assert!(ptr::eq(copies.0, copies.2));
    assert!(ptr::eq(copies.0, copies.1.upgrade().unwrap()));
    for count in [0, 1, 2, 7] {
        let many: Vec<_> = (0..count).map(|_| Becomes(value)).collect();
        let copy = blink.clone_in(&many);
        assert_eq!(copy.len(), count);
        copy.iter().for_each(aligned);
        let copy = blink.clone_in(&Rc::<[_]>::from(many));
        assert_eq!(copy.len(), count);
        copy.iter().for_each(aligned);
    }
    let inline = blink.clone_in(&([Becomes(value), Becomes(value)], Some(Becomes(value))));
    assert_eq!(inline, ([value; 2], Some(value)));
}

#[test]
fn every_size_in_every_arena() {
    fn check<A: Arena>(arena: A) {
        let blink = Blink::new_in(arena);
        check_value(&blink, ());
        check_value(&blink, Nothing);
        check_value(&blink, 1_u8);
        check_value(&blink, [1_u8; 3]);
        check_value(&blink, [1_u16; 5]);
        check_value(&blink, 1_u128);
        check_value(&blink, Wide(9));
        check_value(&blink, Page(9));
        check_value(&blink, [3_u64; 1000]);
        let nothings = blink.clone_in(&vec![Rc::new(FromNothing), Rc::new(FromNothing)]);
        assert!(nothings.iter().all(|wide| **wide == Wide(7)));
        assert!(!ptr::eq(nothings[0], nothings[1]));
    }
    every_arena!(check);
}
