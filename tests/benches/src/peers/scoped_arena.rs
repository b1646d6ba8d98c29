//! scoped-arena. Without unstable features it implements no `Allocator` that a vector takes, and
//! blocks are its own method's. Slices of iterators need an upper bound of their length, and
//! others are refused. It copies no slices.

use core::{alloc::Layout, mem::MaybeUninit};

use scoped_arena::Scope;

use crate::{
    drive::ROOM,
    entry::SMALL,
    peers::{
        first::First,
        states::{EmptyStrings, HeapStrings, Keep, Warm},
        values::Values,
    },
};

type Arena = Scope<'static>;

impl Warm for Arena {
    fn warm() -> Self {
        Scope::with_capacity(ROOM)
    }
}

impl Values for Arena {
    type Put<'a, T: ?Sized + 'a> = &'a mut T;
    type Refused<T> = T;

    #[inline(always)]
    fn put<T>(&self, value: T) -> &mut T {
        self.to_scope(value)
    }

    #[inline(always)]
    fn try_put<T>(&self, value: T) -> Result<&mut T, T> {
        self.try_to_scope(value).map_err(|(_, value)| value)
    }
}

impl First for Arena {
    #[inline(always)]
    fn new() -> Self {
        Scope::new()
    }

    #[inline(always)]
    fn put(&self, value: u32) {
        self.to_scope(value);
    }
}

impl Keep for Arena {
    fn keep(&mut self, string: String) {
        self.to_scope(string);
    }
}

type Block<'a> = Option<&'a mut [MaybeUninit<u8>]>;

peer! {
    "scoped_arena", name;
    Arena {
        fn with_u64<'a>(arena: &'a Arena, value: &'static u64) -> &'a mut u64 {
            arena.to_scope_with(|| *value)
        }
        fn put_string(arena: &Arena, string: String) -> &mut String { arena.to_scope(string) }
        fn allocate_static(arena: &Arena) -> Block<'_> { arena.try_alloc(SMALL).ok() }
        fn allocate_run_time(arena: &Arena, layout: Layout) -> Block<'_> {
            arena.try_alloc(layout).ok()
        }
        fn reset(arena: &mut Arena) { arena.reset() }
        fn frame_empty(arena: &mut Arena) { drop(arena.proxy().scope()) }
        fn frame_put_u32(arena: &mut Arena, value: u32) {
            arena.proxy().scope().to_scope(value);
        }
        fn frame_put_string(arena: &mut Arena, string: String) {
            arena.proxy().scope().to_scope(string);
        }
    }
    EmptyStrings<Arena> {
        fn reset_empty_strings(strings: &mut EmptyStrings<Arena>) { strings.0.reset() }
    }
    HeapStrings<Arena> {
        fn reset_heap_strings(strings: &mut HeapStrings<Arena>) { strings.0.reset() }
    }
}

values!("scoped_arena", name, Arena);
first!("scoped_arena", name, Arena);
