//! `#[blink_frame]`: names from elsewhere, and arenas in places of a value.

use std::{cell::RefCell, sync::Mutex};

use blink_alloc::{Blink, Frame, SendBlink, blink_frame};

/// Arenas behind locks and guards, in a place of the value that the expression makes.
struct Locked {
    inner: Mutex<Inner>,
    cell: RefCell<Blink>,
}

struct Inner {
    scratch: SendBlink,
    many: Vec<SendBlink>,
}

impl Locked {
    #[blink_frame(in = self.inner.lock().unwrap().scratch)]
    fn field(&self) -> u32 {
        assert!(self.inner.try_lock().is_err());
        *blink.put(1)
    }

    #[blink_frame(in = self.inner.lock().unwrap().many[at])]
    fn index(&self, at: usize) -> u32 {
        assert!(self.inner.try_lock().is_err());
        *blink.put(2)
    }

    #[blink_frame(in = *self.cell.borrow_mut())]
    fn deref(&self) -> u32 {
        assert!(self.cell.try_borrow().is_err());
        *blink.put(3)
    }
}

#[test]
fn in_a_place_of_a_temporary() {
    let locked = Locked {
        inner: Mutex::new(Inner {
            scratch: SendBlink::default(),
            many: vec![SendBlink::default()],
        }),
        cell: RefCell::default(),
    };
    for _ in 0..2 {
        assert_eq!((locked.field(), locked.index(0), locked.deref()), (1, 2, 3));
    }
    let inner = locked.inner.lock().unwrap();
    assert_eq!(inner.scratch.allocator().allocated_bytes(), 0);
    assert_eq!(locked.cell.borrow().allocator().allocated_bytes(), 0);
}

#[test]
fn two_attributes_and_one_name() {
    #[blink_frame(first)]
    #[blink_frame]
    fn below() -> u32 {
        *blink.put(1) + *first.put(2)
    }
    #[blink_frame]
    #[blink_frame(second)]
    fn above() -> u32 {
        *blink.put(1) + *second.put(2)
    }
    #[blink_frame]
    #[blink_frame]
    fn both() -> u32 {
        *blink.put(1)
    }
    #[blink_frame(inner, in = blink)]
    #[blink_frame(thread_local)]
    fn nested() -> u32 {
        *inner.put(1)
    }
    let (mut a, mut b) = (Blink::new(), Blink::new());
    let (mut a, mut b) = (a.as_frame(), b.as_frame());
    assert_eq!(below(&mut a, &mut b), 3);
    assert_eq!(above(&mut a, &mut b), 3);
    assert_eq!(both(&mut a), 1);
    assert_eq!(nested(), 1);
}

macro_rules! items {
    ($($(#[$meta:meta])* fn $name:ident() -> $result:ty { $($body:tt)* })*) => {
        $($(#[$meta])* fn $name() -> $result { $($body)* })*
    };
}

#[test]
fn a_body_in_braces_of_a_macro() {
    items! {
        #[blink_frame]
        fn f() -> u32 {
            *blink.put(1)
        }
    }
    assert_eq!(f(&mut Blink::new().as_frame()), 1);
}

#[test]
fn a_handle_that_is_replaced() {
    #[blink_frame]
    fn f(mut blink: &mut Frame<'_>) -> u32 {
        let mut other = Blink::new();
        let mut other = other.as_frame();
        let one = *blink.put(1);
        blink = &mut other;
        one + *blink.put(2)
    }
    assert_eq!(f(&mut Blink::new().as_frame()), 3);
}

mod constants {
    #![allow(non_upper_case_globals, non_camel_case_types, dead_code)]

    pub static handle: u32 = 1;
    pub const guard: u32 = 2;
    pub struct _tip;
    pub static frame_of_f: u32 = 4;
    pub static arena: u32 = 8;

    #[super::blink_frame]
    pub fn f() -> u32 {
        *blink.put(handle + guard + frame_of_f + arena)
    }

    #[super::blink_frame(in = ::blink_alloc::Blink::new())]
    pub fn g() -> u32 {
        *blink.put(handle + guard + frame_of_f + arena)
    }

    #[super::blink_frame(thread_local)]
    pub fn h() -> u32 {
        *blink.put(handle + guard + frame_of_f + arena)
    }
}

#[test]
fn statics_of_the_user() {
    let f = constants::f(&mut Blink::new().as_frame());
    assert_eq!((f, constants::g(), constants::h()), (15, 15, 15));
}
