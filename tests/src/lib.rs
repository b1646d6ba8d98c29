//! What the tests share: awkward base allocators, blocks and values that notice damage,
//! repeatable random numbers, and deadlines.

pub mod adaptor;
pub mod base;
pub mod block;
pub mod drops;
pub mod model;
pub mod random;
pub mod time;
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

/// Calls a function that is generic over the minimum alignment with an arena over every base
/// allocator, for every minimum alignment of interest.
#[macro_export]
macro_rules! every_arena {
    ($check:ident) => {
        for base in $crate::base::Base::all() {
            $check(blink_alloc::BlinkAlloc::<_, 1>::with_min_align_in(
                base.again(),
            ));
            $check(blink_alloc::BlinkAlloc::<_, 8>::with_min_align_in(
                base.again(),
            ));
            $check(blink_alloc::BlinkAlloc::<_, 16>::with_min_align_in(
                base.again(),
            ));
        }
    };
}
