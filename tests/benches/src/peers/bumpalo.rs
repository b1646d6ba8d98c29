//! bumpalo. It has the `Allocator` of allocator-api2 0.2, and no frames.

use bumpalo::{AllocErr, Bump, collections::Vec};

use crate::{
    drive::ROOM,
    peers::{
        Length,
        first::First,
        states::Warm,
        values::{Slices, Values},
    },
};

impl<const MIN_ALIGN: usize> Warm for Bump<MIN_ALIGN> {
    fn warm() -> Self {
        Bump::with_min_align_and_capacity(ROOM)
    }
}

impl<const MIN_ALIGN: usize> Values for Bump<MIN_ALIGN> {
    type Put<'a, T: ?Sized + 'a> = &'a mut T;
    type Refused<T> = AllocErr;

    #[inline(always)]
    fn put<T>(&self, value: T) -> &mut T {
        self.alloc(value)
    }

    #[inline(always)]
    fn try_put<T>(&self, value: T) -> Result<&mut T, AllocErr> {
        self.try_alloc(value)
    }
}

impl<const MIN_ALIGN: usize> Slices for Bump<MIN_ALIGN> {
    #[inline(always)]
    fn copy_slice<T: Copy>(&self, slice: &[T]) -> &mut [T] {
        self.alloc_slice_copy(slice)
    }

    #[inline(always)]
    fn copy_str(&self, string: &str) -> &mut str {
        self.alloc_str(string)
    }

    #[inline(always)]
    fn try_copy_slice<T: Copy>(&self, slice: &[T]) -> Option<&mut [T]> {
        self.try_alloc_slice_copy(slice).ok()
    }

    #[inline(always)]
    fn try_copy_str(&self, string: &str) -> Option<&mut str> {
        self.try_alloc_str(string).ok()
    }
}

impl<const MIN_ALIGN: usize> First for Bump<MIN_ALIGN> {
    #[inline(always)]
    fn new() -> Self {
        Bump::with_min_align()
    }

    #[inline(always)]
    fn put(&self, value: u32) {
        self.alloc(value);
    }
}

macro_rules! bumpalo {
    ($module:ident, $prefix:literal, $name:ident, $min_align:literal) => {
        pub(crate) mod $module {
            use super::*;

            type Arena = Bump<$min_align>;

            peer! {
                $prefix, $name;
                Arena {
                    fn with_u64<'a>(arena: &'a Arena, value: &'static u64) -> &'a mut u64 {
                        arena.alloc_with(|| *value)
                    }
                    fn reset(arena: &mut Arena) { arena.reset() }
                }
            }

            first!($prefix, $name, Arena);
            values!($prefix, $name, Arena);
            slices!($prefix, $name, Arena);
            blocks!($prefix, $name, Arena, allocator_api2_02);
            deallocations!($prefix, $name, Arena, allocator_api2_02);
        }
    };
}

bumpalo!(min_1, "bumpalo", name, 1);
bumpalo!(min_8, "bumpalo_8", name_min_8, 8);

/// Slices of iterators need their length, so that what has none is collected in a vector of its
/// own. That takes arenas with the default alignment only.
pub(crate) mod items {
    use super::*;

    peer! {
        "bumpalo", name;
        Bump {
            fn from_iter(arena: &Bump, length: Length) -> &mut [u64] {
                Vec::from_iter_in(length.numbers(), arena).into_bump_slice_mut()
            }
        }
    }
}
