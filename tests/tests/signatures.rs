//! The names of 0.3 and 0.4, each with the signature it had.
//!
//! What is to be seen is that this compiles. It does with 0.4.0 and 0.3.1 in the place of this
//! crate, too. Of the names that both export, these are here:
//!
//! | published | looked at in |
//! | --- | --- |
//! | `BlinkAlloc` | [`the_arena`] |
//! | `BlinkAllocator` | [`the_trait_of_arenas`] |
//! | `Blink` | [`the_adaptor`] |
//! | `Emplace` | [`the_builders`], [`the_builders_that_share`] |
//! | `IteratorExt` | [`the_methods_of_iterators`] |
//! | `SendBlink` | [`the_adaptor_that_is_sent`] |
//! | `SyncBlinkAlloc` | [`the_shared_arena`] |
//! | `LocalBlinkAlloc` | [`the_local_arena`] |
//! | `BlinkAllocCache` | [`the_cache`] |
//!
//! And these are not:
//!
//! - `UnsafeGlobalBlinkAlloc` and `GlobalBlinkAlloc`: `new`, `with_chunk_size`, `new_in`,
//!   `with_chunk_size_in`, `reset`, `blink_mode`, `direct_mode`; the latter has `local`; both are
//!   a `GlobalAlloc`
//!
//! There are no more: the trait in the bounds of `Emplace` has no public path. `Blink: Send`,
//! which was unsound, does not come back.

use core::{alloc::Layout, mem::MaybeUninit, ops::Range, ptr::NonNull};

use allocator_api2::alloc::{AllocError, Allocator, Global};
use blink_alloc::{
    Blink, BlinkAlloc, BlinkAllocCache, BlinkAllocator, Emplace, IteratorExt, LocalBlinkAlloc,
    SendBlink, SyncBlinkAlloc,
};

type Arena = BlinkAlloc<Global>;
type Adaptor = Blink<Arena>;
type Shared = SyncBlinkAlloc<Global>;

// What was `const` is.
const fn arenas() -> [Arena; 4] {
    [
        BlinkAlloc::new(),
        BlinkAlloc::with_chunk_size(100),
        BlinkAlloc::new_in(Global),
        BlinkAlloc::with_chunk_size_in(100, Global),
    ]
}
const fn shared_arenas() -> [Shared; 3] {
    [
        SyncBlinkAlloc::new(),
        SyncBlinkAlloc::new_in(Global),
        SyncBlinkAlloc::with_chunk_size_in(100, Global),
    ]
}
const fn adaptors() -> [Adaptor; 3] {
    [
        Blink::new(),
        Blink::with_chunk_size(100),
        Blink::new_in(BlinkAlloc::new()),
    ]
}
const fn inner_of_shared(arena: &Shared) -> &Global {
    arena.inner()
}
const fn inner(arena: &Arena) -> &Global {
    arena.inner()
}

type Allocated = Result<NonNull<[u8]>, AllocError>;

#[test]
fn the_arena() {
    let _: fn(&Arena) -> &Global = inner;
    let _: fn(&Arena, Layout) -> Allocated = Arena::allocate;
    let _: unsafe fn(&Arena, NonNull<u8>, Layout, Layout) -> Allocated = Arena::resize;
    let _: unsafe fn(&Arena, NonNull<u8>, usize) = Arena::deallocate;
    let _: fn(&mut Arena) = Arena::reset;
    let _: fn(&mut Arena) = Arena::reset_final;
    let _: unsafe fn(&Arena) = Arena::reset_unchecked;
    let _: fn(Arena) -> Global = Arena::into_inner;
    let _: fn() -> Arena = Arena::default;
    let [arena, ..] = arenas();
    // The defaults of the parameters.
    let _: BlinkAlloc = arena;
}

#[test]
fn the_shared_arena() {
    let _: fn(&Shared) -> &Global = inner_of_shared;
    let _: for<'a> fn(&'a Shared) -> LocalBlinkAlloc<'a, Global> = Shared::local;
    let _: fn(&Shared, Layout) -> Allocated = Shared::allocate;
    let _: unsafe fn(&Shared, NonNull<u8>, Layout, Layout) -> Allocated = Shared::resize;
    let _: unsafe fn(&Shared, NonNull<u8>, usize) = Shared::deallocate;
    let _: fn(&mut Shared) = Shared::reset;
    let _: fn(&mut Shared) = Shared::reset_final;
    let _: unsafe fn(&Shared) = Shared::reset_unchecked;
    let _: fn(Shared) -> Global = Shared::into_inner;
    let _: fn(&Shared, usize) = Shared::update_max_local_alloc;
    let _: fn() -> Shared = Shared::default;
    let [arena, ..] = shared_arenas();
    // The default of the parameter.
    let _: SyncBlinkAlloc = arena;
}

#[test]
fn the_local_arena() {
    fn methods<'a>(_: &'a Shared) {
        type Leasing<'a> = LocalBlinkAlloc<'a, Global>;
        let _: fn(&Leasing<'a>, Layout) -> Allocated = Leasing::allocate;
        let _: unsafe fn(&Leasing<'a>, NonNull<u8>, Layout, Layout) -> Allocated = Leasing::resize;
        let _: unsafe fn(&Leasing<'a>, NonNull<u8>, usize) = Leasing::deallocate;
        let _: fn(&mut Leasing<'a>) = Leasing::reset;
        let _: unsafe fn(&Leasing<'a>) = Leasing::reset_unchecked;
        let _: fn(&mut Leasing<'a>) = <Leasing<'a> as BlinkAllocator>::reset;
    }
    methods(&Shared::new());
    // The default of the parameter; and it is as good for a shorter lifetime.
    fn shorter<'a>(local: LocalBlinkAlloc<'static>, _: &'a ()) -> LocalBlinkAlloc<'a> {
        local
    }
    static SHARED: Shared = SyncBlinkAlloc::new();
    shorter(SHARED.local(), &());
}

#[test]
fn the_cache() {
    type Cache = BlinkAllocCache<Global>;
    static CACHE: Cache = Cache::new();
    let _: fn() -> Cache = Cache::default;
    let _: fn(&Cache) -> Option<BlinkAlloc<Global>> = Cache::pop;
    let _: fn(&Cache, BlinkAlloc<Global>) = Cache::push;
    fn is_shared<T: Send + Sync>(_: &T) {}
    is_shared(&CACHE);
    // The default of the parameter.
    let cache: BlinkAllocCache = BlinkAllocCache::new();
    cache.push(BlinkAlloc::new());
    assert!(cache.pop().is_some() && cache.pop().is_none());
}

/// An arena of a user's own: `reset` is all that the trait asks for beyond `Allocator`.
struct Own;

// SAFETY: there are no blocks.
unsafe impl Allocator for Own {
    fn allocate(&self, _: Layout) -> Allocated {
        Err(AllocError)
    }

    unsafe fn deallocate(&self, _: NonNull<u8>, _: Layout) {}
}

// SAFETY: there are no blocks.
unsafe impl BlinkAllocator for Own {
    fn reset(&mut self) {}
}

#[test]
fn the_trait_of_arenas() {
    fn is_blink<A: BlinkAllocator + Allocator>() {}
    is_blink::<Arena>();
    is_blink::<&Arena>();
    is_blink::<&mut Arena>();
    is_blink::<Shared>();
    is_blink::<&Shared>();
    is_blink::<&mut Shared>();
    is_blink::<LocalBlinkAlloc<'_>>();
    is_blink::<&LocalBlinkAlloc<'_>>();
    is_blink::<&mut LocalBlinkAlloc<'_>>();
    is_blink::<Own>();
    is_blink::<&Own>();
    let _: fn(&mut Arena) = <Arena as BlinkAllocator>::reset;
    let _: fn(&mut Shared) = <Shared as BlinkAllocator>::reset;
    let _: &mut dyn BlinkAllocator = &mut Own;
    assert_eq!(Blink::new_in(Own).emplace().try_value(1), Err(1));
}

#[test]
fn the_adaptor() {
    let _: fn(&Adaptor) -> &Arena = Adaptor::allocator;
    let _: fn(&mut Adaptor) = Adaptor::drop_all;
    let _: fn(&mut Adaptor) = Adaptor::reset;
    let _: fn() -> Adaptor = Adaptor::default;
    let _: fn(&Adaptor, String) -> &mut String = Adaptor::put::<String>;
    let _: for<'a> fn(&'a Adaptor, &'static str) -> &'a mut &'static str = Adaptor::put_no_drop;
    let _: fn(&Adaptor) -> &mut MaybeUninit<u32> = Adaptor::uninit::<u32>;
    let _: fn(&Adaptor) -> Option<&mut MaybeUninit<u32>> = Adaptor::try_uninit::<u32>;
    let _: for<'a> fn(&'a Adaptor, &[u32]) -> &'a mut [u32] = Adaptor::copy_slice::<u32>;
    let _: for<'a> fn(&'a Adaptor, &[u32]) -> Option<&'a mut [u32]> = Adaptor::try_copy_slice;
    let _: for<'a> fn(&'a Adaptor, &str) -> &'a mut str = Adaptor::copy_str;
    let _: for<'a> fn(&'a Adaptor, &str) -> Option<&'a mut str> = Adaptor::try_copy_str;
    // `new_in`, `allocator` and `drop_all` ask nothing of what the adaptor is over.
    let _: fn(u8) -> Blink<u8> = Blink::new_in;
    let _: fn(&Blink<u8>) -> &u8 = Blink::allocator;
    let _: fn(&mut Blink<u8>) = Blink::drop_all;
    let [blink, ..] = adaptors();
    let _: Blink = blink;

    // What is generic over the arena is as generic as it was.
    fn put<A: BlinkAllocator, T: 'static>(blink: &Blink<A>, value: T) -> &mut T {
        blink.put(value)
    }
    assert_eq!(put(&Blink::new_in(&Arena::new()), 1), &1);
}

#[test]
fn the_adaptor_that_is_sent() {
    type Sent = SendBlink<Arena>;
    let _: fn(Adaptor) -> Sent = Sent::new;
    let _: fn(Sent) -> Adaptor = Sent::into_inner;
    fn is_send<T: Send>() {}
    is_send::<Sent>();
    is_send::<Arena>();
}

type Make = fn() -> u32;
type Try = fn() -> Result<u32, String>;

/// The methods of a builder that hands out `$one` for a value and `$many` for a slice, both
/// for as long as the adaptor is borrowed, not only the builder.
macro_rules! methods {
    ($builder:ty, $one:ty, $many:ty) => {
        let _: fn(&$builder, u32) -> $one = <$builder>::value;
        let _: fn(&$builder, u32) -> Result<$one, u32> = <$builder>::try_value;
        let _: fn(&$builder, Make) -> $one = <$builder>::with::<Make>;
        let _: fn(&$builder, Make) -> Result<$one, Make> = <$builder>::try_with::<Make>;
        let _: fn(&$builder, Try) -> Result<$one, String> =
            <$builder>::with_fallible::<Try, String>;
        let _: fn(&$builder, Try) -> Result<$one, Result<String, Try>> =
            <$builder>::try_with_fallible::<Try, String>;
        let _: fn(&$builder, Range<u32>) -> $many = <$builder>::from_iter::<Range<u32>>;
        let _: fn(&$builder, Vec<u32>) -> Result<$many, ($many, Option<u32>)> =
            <$builder>::try_from_iter::<Vec<u32>>;
    };
}

#[test]
fn the_builders() {
    fn methods<'a>(_: &'a Adaptor) {
        methods!(Emplace<'a, Arena, u32>, &'a mut u32, &'a mut [u32]);
    }
    methods(&Adaptor::new());
    let _: for<'a> fn(&'a Adaptor) -> Emplace<'a, Arena, u32> = Adaptor::emplace::<u32>;
    let _: for<'a> fn(&'a Adaptor) -> Emplace<'a, Arena, u32> = Adaptor::emplace_no_drop::<u32>;
    let _: for<'a> unsafe fn(&'a Adaptor) -> Emplace<'a, Arena, u32> =
        Adaptor::emplace_unchecked::<u32>;

    // These two take what borrows.
    fn borrows<'a, 'b>(blink: &'a Adaptor) -> [Emplace<'a, Arena, &'b str>; 2] {
        let no_drop = blink.emplace_no_drop();
        // SAFETY: nothing is put.
        [no_drop, unsafe { blink.emplace_unchecked() }]
    }
    let _ = borrows(&Adaptor::new());
}

#[test]
fn the_builders_that_share() {
    type Shares<'a, T> = Emplace<'a, Arena, T, &'a T, &'a [T]>;
    fn methods<'a>(_: &'a Adaptor) {
        methods!(Shares<'a, u32>, &'a u32, &'a [u32]);
    }
    methods(&Adaptor::new());
    let _: for<'a> fn(&'a Adaptor) -> Shares<'a, u32> = Adaptor::emplace_shared::<u32>;
    fn borrows<'a, 'b>(blink: &'a Adaptor) -> Shares<'a, &'b str> {
        blink.emplace_shared()
    }
    let _ = borrows(&Adaptor::new());
}

#[test]
fn the_methods_of_iterators() {
    type Many<'a> = &'a mut [u32];
    type Shared<'a> = &'a [u32];
    type Tried<S> = Result<S, (S, Option<u32>)>;
    type Numbers = Range<u32>;
    let _: fn(Numbers, &mut Adaptor) -> Many<'_> = Numbers::collect_to_blink::<Arena>;
    let _: fn(Numbers, &mut Adaptor) -> Shared<'_> = Numbers::collect_to_blink_shared::<Arena>;
    let _: fn(Numbers, &mut Adaptor) -> Many<'_> = Numbers::collect_to_blink_no_drop::<Arena>;
    let _: fn(Numbers, &mut Adaptor) -> Tried<Many<'_>> = Numbers::try_collect_to_blink::<Arena>;
    let _: fn(Numbers, &mut Adaptor) -> Tried<Shared<'_>> =
        Numbers::try_collect_to_blink_shared::<Arena>;
    let _: fn(Numbers, &mut Adaptor) -> Tried<Many<'_>> =
        Numbers::try_collect_to_blink_no_drop::<Arena>;
    // Every iterator has them, and these two take what borrows.
    fn borrows(text: &str) -> usize {
        let mut blink = Adaptor::new();
        let shared = text.split(' ').collect_to_blink_shared(&mut blink).len();
        shared + text.split(' ').collect_to_blink_no_drop(&mut blink).len()
    }
    assert_eq!(borrows("to be"), 4);
}
