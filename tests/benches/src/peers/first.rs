//! The row of an arena that is made for one value.

use core::{hint::black_box, mem::MaybeUninit};

use crate::drive::CALLS;

/// An arena that has no chunk, or the one that it always begins with.
pub(crate) trait First {
    /// A new arena.
    fn new() -> Self;
    /// Puts a value.
    fn put(&self, value: u32);
}

/// Makes arenas, with a global allocator that has met the size before.
pub(crate) fn make<A: First>(first_put: fn(&mut MaybeUninit<A>, u32)) {
    black_box(A::new()).put(1);
    for _ in 0..CALLS {
        let mut place = MaybeUninit::uninit();
        first_put(black_box(&mut place), black_box(1));
        // SAFETY: the function has written it.
        drop(black_box(unsafe { place.assume_init() }));
    }
}

/// The function of an arena that has [`First`], and `ROWS`.
macro_rules! first {
    ($prefix:literal, $name:ident, $arena:ty) => {
        pub(crate) mod first {
            use core::mem::MaybeUninit;

            use super::*;
            use crate::peers::first::{First, make};

            #[inline(never)]
            #[unsafe(export_name = concat!($prefix, "_first_put"))]
            fn first_put(place: &mut MaybeUninit<$arena>, value: u32) {
                First::put(place.write(First::new()), value);
            }

            /// What is counted here.
            pub(crate) const ROWS: &[crate::rows::Row] = &[row!(
                $name,
                "first_put",
                concat!($prefix, "_first_put"),
                || make(first_put)
            )];
        }
    };
}
