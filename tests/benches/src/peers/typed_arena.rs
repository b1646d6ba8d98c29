//! typed-arena: an arena for each type. It cannot be reset, only dropped, with its memory.

use typed_arena::Arena;

use crate::{
    entry::{Bytes48, Bytes56},
    peers::{
        Length,
        first::First,
        states::{EmptyStrings, HeapStrings, Keep, Warm},
    },
};

/// Room for all values of one run.
const VALUES: usize = 1 << 14;

impl<T> Warm for Arena<T> {
    fn warm() -> Self {
        Arena::with_capacity(VALUES)
    }
}

impl First for Arena<u32> {
    #[inline(always)]
    fn new() -> Self {
        Arena::new()
    }

    #[inline(always)]
    fn put(&self, value: u32) {
        self.alloc(value);
    }
}

/// An arena that can be dropped.
type Strings = Option<Arena<String>>;

impl Warm for Strings {
    fn warm() -> Self {
        Some(Arena::warm())
    }
}

impl Keep for Strings {
    fn keep(&mut self, string: String) {
        self.as_ref().map(|arena| arena.alloc(string));
    }
}

peer! {
    "typed_arena", name;
    Arena<u8> {
        fn put_u8(arena: &Arena<u8>, value: u8) -> &mut u8 { arena.alloc(value) }
        fn copy_slice_u8<'a>(arena: &'a Arena<u8>, slice: &'static [u8]) -> &'a mut [u8] {
            arena.alloc_extend(slice.iter().copied())
        }
        fn copy_str<'a>(arena: &'a Arena<u8>, string: &'static str) -> &'a mut str {
            arena.alloc_str(string)
        }
    }
    Arena<u32> {
        fn put_u32(arena: &Arena<u32>, value: u32) -> &mut u32 { arena.alloc(value) }
        fn copy_slice_u32<'a>(arena: &'a Arena<u32>, slice: &'static [u32]) -> &'a mut [u32] {
            arena.alloc_extend(slice.iter().copied())
        }
    }
    Arena<u64> {
        fn put_u64(arena: &Arena<u64>, value: u64) -> &mut u64 { arena.alloc(value) }
        fn from_iter(arena: &Arena<u64>, length: Length) -> &mut [u64] {
            arena.alloc_extend(length.numbers())
        }
    }
    Arena<Bytes48> {
        fn put_48(arena: &Arena<Bytes48>, value: Bytes48) -> &mut Bytes48 { arena.alloc(value) }
    }
    Arena<Bytes56> {
        fn put_56(arena: &Arena<Bytes56>, value: Bytes56) -> &mut Bytes56 { arena.alloc(value) }
    }
    Arena<String> {
        fn put_string(arena: &Arena<String>, string: String) -> &mut String {
            arena.alloc(string)
        }
    }
    EmptyStrings<Strings> {
        fn reset_empty_strings(strings: &mut EmptyStrings<Strings>) { drop(strings.0.take()) }
    }
    HeapStrings<Strings> {
        fn reset_heap_strings(strings: &mut HeapStrings<Strings>) { drop(strings.0.take()) }
    }
}
first!("typed_arena", name, Arena<u32>);
