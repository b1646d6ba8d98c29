//! Names of the user, and of the expansion.

use super::*;

/// What else could be called `blink_alloc`.
mod reexport {
    pub mod deep {
        pub use ::blink_alloc::*;
    }
}

mod elsewhere {
    //! Everything that the expansion could mean by mistake has another meaning here.
    #![allow(non_upper_case_globals, non_camel_case_types, dead_code)]

    pub mod core {}
    pub mod std {}
    pub mod alloc {}
    pub mod blink_alloc {}
    pub mod __private {}

    pub struct Frame;
    pub struct Option;
    pub struct Result;
    pub fn handle() {}
    pub fn guard() {}
    pub fn _tip() {}
    pub fn frame_of_f() {}
    pub fn enter_body() {}
    pub fn scratch() {}

    pub trait Handle {
        fn handle(&mut self) -> u32 {
            1
        }
        fn __enter(&mut self) -> u32 {
            2
        }
        fn frame(&mut self) -> u32 {
            3
        }
    }
    impl<T: ?Sized> Handle for T {}

    #[super::blink_frame(crate = crate::hygiene::reexport::deep)]
    pub fn f(number: u32) -> u32 {
        let (handle, guard, _tip, frame_of_f) = (1, 2, 4, 8);
        *blink.put(number + handle + guard + _tip + frame_of_f)
    }

    #[super::blink_frame(handle)]
    pub fn g(number: u32) -> u32 {
        *handle.put(number)
    }

    #[super::blink_frame(guard, in = guard)]
    pub fn h(mut guard: ::blink_alloc::Blink) -> u32 {
        *guard.put(4)
    }

    #[super::blink_frame(guard, in = { let mut handle = ::blink_alloc::Blink::new(); handle.reset(); handle })]
    pub fn i() -> u32 {
        *guard.put(5)
    }

    #[super::blink_frame(_tip, thread_local, crate = ::blink_alloc)]
    pub fn j(handle: u32) -> u32 {
        *_tip.put(handle)
    }

    #[super::blink_frame(frame_of_k)]
    pub fn k(handle: u32, guard: u32) -> u32 {
        let values = frame_of_k.fill_iter([handle, guard]);
        values[0] + values[1]
    }

    #[super::blink_frame(crate = super::reexport::deep, thread_local, scratch)]
    pub fn l<T>(scratched: &T) -> &T {
        scratch.put(1);
        scratched
    }
}

#[test]
fn names_of_the_user_are_the_users() {
    assert_eq!(traceless(|frame| elsewhere::f(frame, 16)), 31);
    assert_eq!(traceless(|frame| elsewhere::g(frame, 3)), 3);
    assert_eq!(elsewhere::h(Blink::new()), 4);
    assert_eq!(elsewhere::i(), 5);
    assert_eq!(elsewhere::j(6), 6);
    assert_eq!(traceless(|frame| elsewhere::k(frame, 3, 4)), 7);
    assert_eq!(*elsewhere::l(&1), 1);
}

#[test]
fn the_body_may_hide_the_handle() {
    #[blink_frame]
    fn hides(numbers: &[u32]) -> u32 {
        let total = sum(blink, numbers);
        let numbers = blink.copy_slice(numbers);
        let blink = 5;
        let inner = {
            let blink = blink + 1;
            move |other: u32| blink + other
        };
        numbers.len() as u32 + inner(blink) + total
    }
    assert_eq!(traceless(|frame| hides(frame, &[1, 2])), 2 + 11 + 3);

    #[blink_frame]
    fn has_its_own() -> u32 {
        #[blink_frame]
        fn inner() -> u32 {
            *blink.put(3)
        }
        let kept = blink.put_no_drop(4);
        let mut root = Blink::new();
        let mut blink = root.as_frame();
        inner(&mut blink) + *kept
    }
    assert_eq!(traceless(has_its_own), 7);
}

#[test]
fn handles_that_are_swapped_do_no_harm() {
    #[blink_frame]
    fn swaps() {
        let mut root = Blink::new();
        let mut other = root.as_frame();
        blink.put(Word::new(1));
        other.put(Word::new(2));
        std::mem::swap(blink, &mut other);
        let in_root = blink.put(Word::new(3));
        let in_frame = other.put(Word::new(4));
        nothing(blink);
        nothing(&mut other);
        assert_eq!((in_root.id(), in_frame.id()), (3, 4));
    }
    traceless(swaps);
    drops::restart();
    swaps(&mut Blink::new().as_frame());
    assert_eq!(drops::order(), [3, 2, 4, 1]);
}
