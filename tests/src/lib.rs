//! What the tests share: awkward base allocators, blocks and values that notice damage,
//! repeatable random numbers, and deadlines.

// With it the trait of allocator-api2 0.2 is that of core.
#![cfg_attr(feature = "nightly", feature(allocator_api))]

pub mod adaptor;
pub mod arena;
pub mod base;
pub mod block;
pub mod counting;
pub mod drops;
pub mod model;
pub mod random;
pub mod time;
pub mod traced;
pub mod ways;

/// Whether the arenas report to a memory checker.
pub const CHECKED: bool = cfg!(any(blink_asan, blink_msan, blink_valgrind));

/// Bytes behind each block that nobody owns: under a checker. Blocks start at multiples of
/// eight then.
pub const RED_ZONE: usize = if CHECKED { 8 } else { 0 };

/// Bytes of a chunk that are its record: six words, in a chunk of whole sixteens.
pub const RECORD: usize = (6 * size_of::<usize>()).next_multiple_of(16);

/// Bytes of room that an arena takes for a block without padding in front of it.
#[must_use]
pub fn taken(size: usize, min_align: usize) -> usize {
    let min = if CHECKED { min_align.max(8) } else { min_align };
    (size + RED_ZONE).next_multiple_of(min)
}

/// Calls a function that is generic over the kind of arena with each of them, those of one thread
/// with every minimum alignment of interest.
#[macro_export]
macro_rules! every_kind {
    ($check:ident($($argument:expr),*)) => {
        $check::<blink_alloc::BlinkAlloc<$crate::base::Base, 1>>($($argument),*);
        $check::<blink_alloc::BlinkAlloc<$crate::base::Base, 8>>($($argument),*);
        $check::<blink_alloc::BlinkAlloc<$crate::base::Base, 16>>($($argument),*);
        $check::<blink_alloc::SyncBlinkAlloc<$crate::base::Base>>($($argument),*);
        $check::<$crate::arena::Leased<$crate::base::Base>>($($argument),*);
        $check::<$crate::arena::Renewed<$crate::base::Base>>($($argument),*);
    };
}

/// Calls a function that is generic over the kind of arena with one of each kind over every base
/// allocator.
#[macro_export]
macro_rules! every_arena {
    ($check:ident) => {
        $crate::every_arena!($check, $crate::base::Base::all());
    };
    ($check:ident, $bases:expr) => {
        fn over<A: $crate::arena::Arena>(base: &$crate::base::Base, check: fn(A)) {
            // So that a failure says which.
            println!("{}, minimum {}, {:?}", A::NAME, A::MIN, base.shape());
            check(A::over(base.again()));
        }
        for base in $bases {
            over::<blink_alloc::BlinkAlloc<_, 1>>(&base, $check);
            over::<blink_alloc::BlinkAlloc<_, 8>>(&base, $check);
            over::<blink_alloc::BlinkAlloc<_, 16>>(&base, $check);
            over::<blink_alloc::SyncBlinkAlloc<_>>(&base, $check);
            over::<$crate::arena::Leased<_>>(&base, $check);
            over::<$crate::arena::Renewed<_>>(&base, $check);
        }
    };
}
