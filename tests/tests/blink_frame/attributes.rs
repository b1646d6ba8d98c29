//! What stands around a function: other attributes, `unsafe`, `extern`.

use super::*;

mod denied {
    #![deny(warnings, clippy::all)]
    #![expect(clippy::mixed_attributes_style, reason = "attributes everywhere")]

    use super::*;

    /// A comment above.
    #[blink_frame]
    /// And one below.
    #[inline]
    #[must_use]
    #[allow(clippy::let_and_return)]
    #[cfg(not(any()))]
    pub fn above(number: u32) -> u32 {
        #![allow(non_snake_case)]
        //! And one inside.
        let NUMBER = *blink.put(number);
        NUMBER
    }

    #[inline(always)]
    #[must_use = "it is the number"]
    #[cfg(not(any()))]
    #[expect(clippy::let_and_return, reason = "it is looked for")]
    #[deprecated = "not really"]
    #[blink_frame]
    pub fn below(number: u32) -> u32 {
        let number = *blink.put(number);
        number
    }

    #[blink_frame]
    #[cfg(any())]
    pub fn gone(number: Nothing) -> Nothing {}

    #[cfg(any())]
    #[blink_frame]
    pub fn gone(number: Nothing) -> Nothing {}

    #[cfg_attr(all(), blink_frame)]
    #[cfg_attr(any(), blink_frame(twice))]
    pub fn conditional(#[cfg(not(any()))] number: u32, #[cfg(any())] number: Nothing) -> u32 {
        *blink.put(number)
    }

    #[track_caller]
    #[blink_frame]
    pub fn caller_above() -> u32 {
        *blink.put(std::panic::Location::caller().line())
    }

    #[blink_frame]
    #[track_caller]
    pub fn caller_below() -> u32 {
        *blink.put(std::panic::Location::caller().line())
    }

    /// Of seven parameters one too many is made.
    #[blink_frame]
    #[allow(clippy::too_many_arguments)]
    pub fn eight(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8) -> usize {
        blink.copy_slice(&[a, b, c, d, e, f, g]).len()
    }

    #[blink_frame]
    pub fn unused() {}

    #[blink_frame(mem)]
    pub(in crate::attributes) fn visible(r#type: u8) -> u8 {
        *mem.put(r#type)
    }

    #[blink_frame(r#in)]
    pub fn r#fn() -> u8 {
        let number = visible(r#in, 1);
        *r#in.put(number)
    }

    #[test]
    fn stay_what_they_are() {
        let mut root = Blink::new();
        let frame = &mut root.as_frame();
        assert_eq!(above(frame, 1), 1);
        #[expect(deprecated)]
        let two = below(frame, 2);
        assert_eq!(two, 2);
        assert_eq!(conditional(frame, 3), 3);
        assert_eq!(caller_above(frame), line!());
        assert_eq!(caller_below(frame), line!());
        assert_eq!(eight(frame, 1, 2, 3, 4, 5, 6, 7), 7);
        unused(frame);
        assert_eq!(r#fn(frame), 1);
    }
}

#[test]
fn unsafe_and_foreign_functions() {
    /// # Safety
    ///
    /// The pointer is good to read from.
    #[blink_frame]
    unsafe fn read(pointer: *const u32) -> u32 {
        // SAFETY: the caller's promise.
        *blink.put(unsafe { *pointer })
    }
    #[blink_frame]
    extern "C" fn foreign(blink: &mut Frame<'_>, number: u32) -> u32 {
        *blink.put(number)
    }
    #[blink_frame]
    extern "Rust" fn own(number: u32) -> u32 {
        *blink.put(number)
    }
    #[blink_frame(thread_local)]
    unsafe extern "C" fn called_by_others(number: u32) -> u32 {
        *blink.put(number)
    }
    // SAFETY: a reference is good to read from.
    assert_eq!(traceless(|frame| unsafe { read(frame, &7) }), 7);
    assert_eq!(traceless(|frame| foreign(frame, 8)), 8);
    assert_eq!(traceless(|frame| own(frame, 9)), 9);
    // SAFETY: it asks for nothing.
    assert_eq!(unsafe { called_by_others(10) }, 10);
}

#[blink_frame(thread_local)]
#[test]
fn a_test_above() {
    assert_eq!(*blink.put(42), 42);
}

#[test]
#[blink_frame(thread_local)]
fn a_test_below() {
    assert_eq!(*blink.put(42), 42);
}

#[test]
#[should_panic = "as it should"]
#[blink_frame(in = Blink::new())]
fn a_test_that_panics() {
    blink.put(1);
    panic!("as it should")
}
