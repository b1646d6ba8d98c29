//! blink-alloc 0.4.0. It has no frames.

use core::mem::MaybeUninit;

use published::{Blink, BlinkAlloc};

use crate::{
    drive::ROOM,
    peers::{
        Length,
        first::First,
        states::{EmptyStrings, HeapStrings, Keep, Warm},
        values::{Slices, Values},
    },
};

impl Warm for BlinkAlloc {
    fn warm() -> Self {
        let mut arena = BlinkAlloc::with_chunk_size(ROOM);
        let block = arena.allocate(crate::entry::SMALL);
        block.expect("malloc has memory");
        arena.reset();
        arena
    }
}

impl Warm for Blink {
    fn warm() -> Self {
        Blink::new_in(BlinkAlloc::warm())
    }
}

impl Values for Blink {
    type Put<'a, T: ?Sized + 'a> = &'a mut T;
    type Refused<T> = T;

    #[inline(always)]
    fn put<T: 'static>(&self, value: T) -> &mut T {
        Blink::put(self, value)
    }

    #[inline(always)]
    fn try_put<T: 'static>(&self, value: T) -> Result<&mut T, T> {
        self.emplace().try_value(value)
    }
}

impl Slices for Blink {
    #[inline(always)]
    fn copy_slice<T: Copy>(&self, slice: &[T]) -> &mut [T] {
        Blink::copy_slice(self, slice)
    }

    #[inline(always)]
    fn copy_str(&self, string: &str) -> &mut str {
        Blink::copy_str(self, string)
    }

    #[inline(always)]
    fn try_copy_slice<T: Copy>(&self, slice: &[T]) -> Option<&mut [T]> {
        Blink::try_copy_slice(self, slice)
    }

    #[inline(always)]
    fn try_copy_str(&self, string: &str) -> Option<&mut str> {
        Blink::try_copy_str(self, string)
    }
}

impl First for Blink {
    #[inline(always)]
    fn new() -> Self {
        Blink::new()
    }

    #[inline(always)]
    fn put(&self, value: u32) {
        self.put(value);
    }
}

impl Keep for Blink {
    fn keep(&mut self, string: String) {
        self.put(string);
    }
}

peer! {
    "blink_04", name;
    Blink {
        fn uninit_u64(blink: &Blink) -> &mut MaybeUninit<u64> { blink.uninit() }
        fn with_u64<'a>(blink: &'a Blink, value: &'static u64) -> &'a mut u64 {
            blink.emplace().with(|| *value)
        }
        fn from_iter(blink: &Blink, length: Length) -> &mut [u64] {
            blink.emplace().from_iter(length.numbers())
        }
        fn try_from_iter(blink: &Blink, length: Length) -> Option<&mut [u64]> {
            blink.emplace().try_from_iter(length.numbers()).ok()
        }
        fn put_string(blink: &Blink, string: String) -> &mut String { blink.put(string) }
    }
    BlinkAlloc {
        fn reset(arena: &mut BlinkAlloc) { arena.reset() }
    }
    EmptyStrings<Blink> {
        fn reset_empty_strings(strings: &mut EmptyStrings<Blink>) { strings.0.reset() }
    }
    HeapStrings<Blink> {
        fn reset_heap_strings(strings: &mut HeapStrings<Blink>) { strings.0.reset() }
    }
}

values!("blink_04", name, Blink);
slices!("blink_04", name, Blink);
blocks!("blink_04", name, BlinkAlloc, allocator_api2);
deallocations!("blink_04", name, BlinkAlloc, allocator_api2);
first!("blink_04", name, Blink);
