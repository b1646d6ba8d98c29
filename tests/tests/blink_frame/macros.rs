//! Functions that a `macro_rules!` makes.

use super::*;

macro_rules! whole {
    ($name:ident) => {
        #[blink_frame]
        fn $name(text: &str) -> &str {
            let handle = blink.copy_str(text);
            &text[..handle.len()]
        }
    };
}

macro_rules! named {
    ($name:ident, $handle:ident, $($field:ident: $type:ty),* => $result:ty, $body:block) => {
        #[blink_frame($handle)]
        fn $name($($field: $type),*) -> $result $body
    };
}

macro_rules! default_name {
    ($name:ident $body:block) => {
        #[blink_frame]
        fn $name() -> u32 $body
    };
}

macro_rules! described {
    ($(#[$meta:meta])* $vis:vis fn $name:ident($($args:tt)*) -> $result:ty { $($body:tt)* }) => {
        $(#[$meta])*
        $vis fn $name($($args)*) -> $result { $($body)* }
    };
}

macro_rules! mixed {
    ($outer:ident) => {
        #[blink_frame]
        fn two_of_a_name(blink: &mut Frame<'_>, $outer: &mut Frame<'_>) -> (u32, u32) {
            (*blink.put_no_drop(1), *$outer.put_no_drop(2))
        }
    };
}

macro_rules! place {
    ($name:ident, $place:expr, $body:expr) => {
        #[blink_frame(mem, in = $place)]
        fn $name() -> u32 {
            *mem.put_no_drop($body)
        }
    };
}

macro_rules! in_parts {
    ($attribute:meta; $lifetime:lifetime, $pattern:pat, $type:ty, $path:path => $value:expr) => {
        #[$attribute]
        fn in_parts<$lifetime>($pattern: $type) -> $path {
            let mem = blink;
            mem.put(1);
            $value
        }
    };
}

#[test]
fn inside_of_macros() {
    whole!(whole);
    assert_eq!(traceless(|frame| whole(frame, "text").len()), 4);

    named!(parts, mem, text: &str, number: u32 => u32, {
        mem.put(Word::new(1));
        mem.copy_str(text).len() as u32 + number
    });
    assert_eq!(traceless(|frame| parts(frame, "text", 3)), 7);

    named!(elided, mem, text: &str => &str, { mem.put(1); text });
    assert_eq!(traceless(|frame| elided(frame, "text").len()), 4);

    named!(declared, mem, mem: &mut Frame<'_>, number: u32 => u32, { *mem.put(number) });
    assert_eq!(traceless(|frame| declared(frame, 5)), 5);

    default_name!(from_outside { *blink.put(6) });
    assert_eq!(traceless(from_outside), 6);

    described! {
        /// A comment.
        #[blink_frame(mem)]
        #[must_use]
        pub(crate) fn attributed(text: &str) -> &str {
            mem.put(Word::new(1));
            text
        }
    }
    assert_eq!(traceless(|frame| attributed(frame, "text").len()), 4);

    mixed!(blink);
    drops::restart();
    let (mut a, mut b) = (Blink::new(), Blink::new());
    let both = two_of_a_name(&mut a.as_frame(), &mut b.as_frame());
    assert_eq!(both, (1, 2));
    assert_eq!(a.allocator().allocated_bytes(), 0);
    assert!(b.allocator().allocated_bytes() > 0);

    place!(in_place, Blink::new(), 8);
    assert_eq!(in_place(), 8);

    in_parts!(blink_frame; 'x, (text, _), (&str, &'x str), Option<usize> => Some(text.len()));
    assert_eq!(traceless(|frame| in_parts(frame, ("text", ""))), Some(4));
}
