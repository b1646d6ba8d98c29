//! The methods of 0.3 and 0.4 that are here, each with the signature it had.
//!
//! What is to be seen is that this compiles.

use core::{alloc::Layout, mem::MaybeUninit, ptr::NonNull};

use allocator_api2::alloc::{AllocError, Allocator, Global};
use blink_alloc::{Blink, BlinkAlloc, BlinkAllocator, Emplace};

type Arena = BlinkAlloc<Global>;
type Adaptor = Blink<Arena>;

// What was `const` is.
const fn arenas() -> [Arena; 4] {
    [
        BlinkAlloc::new(),
        BlinkAlloc::with_chunk_size(100),
        BlinkAlloc::new_in(Global),
        BlinkAlloc::with_chunk_size_in(100, Global),
    ]
}
const fn adaptors() -> [Adaptor; 3] {
    [
        Blink::new(),
        Blink::with_chunk_size(100),
        Blink::new_in(BlinkAlloc::new()),
    ]
}
const fn inner(arena: &Arena) -> &Global {
    arena.inner()
}

type Allocated = Result<NonNull<[u8]>, AllocError>;

#[test]
fn the_arena_has_its_published_methods() {
    let _: fn(&Arena) -> &Global = inner;
    let _: fn(&Arena, Layout) -> Allocated = Arena::allocate;
    let _: unsafe fn(&Arena, NonNull<u8>, Layout, Layout) -> Allocated = Arena::resize;
    let _: unsafe fn(&Arena, NonNull<u8>, usize) = Arena::deallocate;
    let _: fn(&mut Arena) = Arena::reset;
    let _: fn(&mut Arena) = Arena::reset_final;
    let _: unsafe fn(&Arena) = Arena::reset_unchecked;
    let _: fn(Arena) -> Global = Arena::into_inner;
    let _: fn() -> Arena = Arena::default;

    fn is_blink<A: BlinkAllocator + Allocator>() {}
    is_blink::<Arena>();
    is_blink::<&Arena>();
    is_blink::<&mut Arena>();
    fn is_send<T: Send>(_: T) {}
    is_send(arenas());
}

#[test]
fn the_adaptor_has_its_published_methods() {
    type Returned<'a, T, E> = Result<&'a mut T, E>;

    let _: fn(&Adaptor) -> &Arena = Adaptor::allocator;
    let _: fn(&mut Adaptor) = Adaptor::drop_all;
    let _: fn(&mut Adaptor) = Adaptor::reset;
    let _: fn() -> Adaptor = Adaptor::default;
    let _: fn(&Adaptor, String) -> &mut String = Adaptor::put;
    let _: for<'a> fn(&'a Adaptor, &'static str) -> &'a mut &'static str = Adaptor::put_no_drop;
    let _: fn(&Adaptor) -> &mut MaybeUninit<u32> = Adaptor::uninit;
    let _: fn(&Adaptor) -> Option<&mut MaybeUninit<u32>> = Adaptor::try_uninit;
    let _: for<'a> fn(&'a Adaptor, &[u32]) -> &'a mut [u32] = Adaptor::copy_slice;
    let _: for<'a> fn(&'a Adaptor, &[u32]) -> Option<&'a mut [u32]> = Adaptor::try_copy_slice;
    let _: for<'a> fn(&'a Adaptor, &str) -> &'a mut str = Adaptor::copy_str;
    let _: for<'a> fn(&'a Adaptor, &str) -> Option<&'a mut str> = Adaptor::try_copy_str;
    // `new_in` asks nothing of what it takes.
    let _: fn(u8) -> Blink<u8> = Blink::new_in;

    let [blink, ..] = adaptors();
    let emplace: Emplace<'_, Arena, u32> = blink.emplace::<u32>();
    let _: &mut u32 = emplace.value(1);
    let _: Returned<'_, u32, u32> = emplace.try_value(1);
    let _: &mut u32 = emplace.with(|| 1);
    fn one() -> u32 {
        1
    }
    let _: Returned<'_, u32, fn() -> u32> = emplace.try_with(one as fn() -> u32);
    let items: &mut [u32] = emplace.from_iter(0..3);
    assert_eq!(items, [0, 1, 2]);
    let items: Result<&mut [u32], (&mut [u32], Option<u32>)> = emplace.try_from_iter(0..3);
    assert_eq!(items, Ok(&mut [0, 1, 2][..]));
}
