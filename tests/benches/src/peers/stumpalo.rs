//! stumpalo, which bumps down. Its blocks neither grow nor shrink in place, and freeing one
//! does nothing. Slices of iterators need their length.

use stumpalo::{Arena, Error};

use crate::{
    drive::ROOM,
    peers::{
        first::First,
        states::Warm,
        values::{Slices, Values},
    },
};

impl Warm for Arena {
    fn warm() -> Self {
        Arena::with_capacity(ROOM)
    }
}

impl Values for Arena {
    type Put<'a, T: ?Sized + 'a> = &'a mut T;
    type Refused<T> = Error;

    #[inline(always)]
    fn put<T>(&self, value: T) -> &mut T {
        self.alloc(value)
    }

    #[inline(always)]
    fn try_put<T>(&self, value: T) -> Result<&mut T, Error> {
        self.try_alloc(value)
    }
}

impl Slices for Arena {
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

impl First for Arena {
    #[inline(always)]
    fn new() -> Self {
        Arena::new()
    }

    #[inline(always)]
    fn put(&self, value: u32) {
        self.alloc(value);
    }
}

peer! {
    "stumpalo", name;
    Arena {
        fn with_u64<'a>(arena: &'a Arena, value: &'static u64) -> &'a mut u64 {
            arena.alloc_with(|| *value)
        }
        fn reset(arena: &mut Arena) { arena.reset() }
        fn scope_put_u32(arena: &mut Arena, value: u32) {
            arena.with_scope(|scope| { scope.alloc(value); })
        }
    }
}

values!("stumpalo", name, Arena);
slices!("stumpalo", name, Arena);
blocks!("stumpalo", name, Arena, allocator_api2);
first!("stumpalo", name, Arena);
