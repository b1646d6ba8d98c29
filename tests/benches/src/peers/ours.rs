//! This library with a minimum alignment of 8. With the default one its rows are in `rows`.

use core::mem::MaybeUninit;

use allocator_api2::alloc::Global;

use crate::{
    drive::warm_arena_min_8,
    entry::BlinkAlloc8,
    peers::{
        Length,
        first::First,
        states::{EmptyStrings, HeapStrings, Keep, Warm},
        values::{Slices, Values},
    },
};

type Blink = blink_alloc::Blink<BlinkAlloc8>;

impl Warm for BlinkAlloc8 {
    fn warm() -> Self {
        warm_arena_min_8()
    }
}

impl Warm for Blink {
    fn warm() -> Self {
        Blink::new_in(BlinkAlloc8::warm())
    }
}

impl Values for Blink {
    type Put<'a, T: ?Sized + 'a> = &'a mut T;
    type Refused<T> = T;

    #[inline(always)]
    fn put<T: 'static>(&self, value: T) -> &mut T {
        self.put(value)
    }

    #[inline(always)]
    fn try_put<T: 'static>(&self, value: T) -> Result<&mut T, T> {
        self.try_put(value)
    }
}

impl Slices for Blink {
    #[inline(always)]
    fn copy_slice<T: Copy>(&self, slice: &[T]) -> &mut [T] {
        self.copy_slice(slice)
    }

    #[inline(always)]
    fn copy_str(&self, string: &str) -> &mut str {
        self.copy_str(string)
    }

    #[inline(always)]
    fn try_copy_slice<T: Copy>(&self, slice: &[T]) -> Option<&mut [T]> {
        self.try_copy_slice(slice)
    }

    #[inline(always)]
    fn try_copy_str(&self, string: &str) -> Option<&mut str> {
        self.try_copy_str(string)
    }
}

impl First for Blink {
    #[inline(always)]
    fn new() -> Self {
        Blink::new_in(BlinkAlloc8::with_min_align_in(Global))
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
    "ours_8", name_min_8;
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
        fn frame_empty(blink: &mut Blink) { drop(blink.enter()) }
        fn frame_put_u32(blink: &mut Blink, value: u32) { blink.enter().frame().put(value); }
        fn scope_put_u32(blink: &mut Blink, value: u32) {
            blink.scope(|frame| { frame.put(value); })
        }
        fn frame_put_string(blink: &mut Blink, string: String) {
            blink.enter().frame().put(string);
        }
    }
    BlinkAlloc8 {
        fn reset(arena: &mut BlinkAlloc8) { arena.reset() }
    }
    EmptyStrings<Blink> {
        fn reset_empty_strings(strings: &mut EmptyStrings<Blink>) { strings.0.reset() }
    }
    HeapStrings<Blink> {
        fn reset_heap_strings(strings: &mut HeapStrings<Blink>) { strings.0.reset() }
    }
}

values!("ours_8", name_min_8, Blink);
slices!("ours_8", name_min_8, Blink);
blocks!("ours_8", name_min_8, BlinkAlloc8, allocator_api2);
deallocations!("ours_8", name_min_8, BlinkAlloc8, allocator_api2);
first!("ours_8", name_min_8, Blink);
