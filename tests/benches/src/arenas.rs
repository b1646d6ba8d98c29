//! The contenders of one thread, behind one trait, so that all of them do the same work.

use allocator_api2::alloc::Allocator;

use crate::of02::Of02;

/// An arena. Values that are put have no destructors.
#[expect(clippy::mut_from_ref, reason = "arenas give new memory each time")]
pub trait Arena: Default + 'static {
    /// What tables call it.
    const NAME: &'static str;

    /// Moves a value in.
    fn put<T: 'static>(&self, value: T) -> &mut T;

    /// The same for values that point into the arena.
    fn put_linked<T>(&self, value: T) -> &mut T;

    /// Puts what a closure returns.
    fn put_with<T: 'static>(&self, f: impl FnOnce() -> T) -> &mut T;

    /// Copies a slice.
    fn copy<'a, T: Copy>(&'a self, slice: &[T]) -> &'a mut [T];

    /// Copies a string.
    fn copy_str(&self, string: &str) -> &mut str;

    /// What vectors take to have their memory from the arena.
    fn allocator(&self) -> impl Allocator + Copy;

    /// Frees everything.
    fn reset(&mut self);
}

/// Contenders: what they are, and how they do what the trait has.
macro_rules! arenas {
    ($(
        $(#[$doc:meta])*
        $Name:ident($Type:ty), $name:literal, |$own:ident|
        put($put_value:ident) $put:expr,
        linked($linked_value:ident) $linked:expr,
        with($with_f:ident) $with:expr,
        copy($copy_slice:ident) $copy:expr,
        string($string:ident) $copy_str:expr,
        allocator $allocator:expr;
    )*) => {$(
        $(#[$doc])*
        #[derive(Default)]
        pub struct $Name($Type);

        impl Arena for $Name {
            const NAME: &'static str = $name;

            #[inline(always)]
            fn put<T: 'static>(&self, $put_value: T) -> &mut T {
                let $own = &self.0;
                $put
            }

            #[inline(always)]
            fn put_linked<T>(&self, $linked_value: T) -> &mut T {
                let $own = &self.0;
                $linked
            }

            #[inline(always)]
            fn put_with<T: 'static>(&self, $with_f: impl FnOnce() -> T) -> &mut T {
                let $own = &self.0;
                $with
            }

            #[inline(always)]
            fn copy<'a, T: Copy>(&'a self, $copy_slice: &[T]) -> &'a mut [T] {
                let $own = &self.0;
                $copy
            }

            #[inline(always)]
            fn copy_str(&self, $string: &str) -> &mut str {
                let $own = &self.0;
                $copy_str
            }

            #[inline(always)]
            fn allocator(&self) -> impl Allocator + Copy {
                let $own = &self.0;
                $allocator
            }

            #[inline(always)]
            fn reset(&mut self) {
                self.0.reset();
            }
        }
    )*};
}

arenas! {
    /// This crate.
    Ours(blink_alloc::Blink), "blink-alloc", |blink|
    put(value) blink.put(value),
    linked(value) blink.put_no_drop(value),
    with(f) blink.emplace().with(f),
    copy(slice) blink.copy_slice(slice),
    string(string) blink.copy_str(string),
    allocator blink.allocator();

    /// blink-alloc as it was before this one.
    Published(published::Blink), "blink-alloc 0.4.0", |blink|
    put(value) blink.put(value),
    linked(value) blink.put_no_drop(value),
    with(f) blink.emplace().with(f),
    copy(slice) blink.copy_slice(slice),
    string(string) blink.copy_str(string),
    allocator blink.allocator();

    /// blink-alloc before that.
    Published03(published_03::Blink), "blink-alloc 0.3.1", |blink|
    put(value) blink.put(value),
    linked(value) blink.put_no_drop(value),
    with(f) blink.emplace().with(f),
    copy(slice) blink.copy_slice(slice),
    string(string) blink.copy_str(string),
    allocator Of02(blink.allocator());

    /// bumpalo's arena, which bumps down.
    Bumpalo(bumpalo::Bump), "bumpalo", |bump|
    put(value) bump.alloc(value),
    linked(value) bump.alloc(value),
    with(f) bump.alloc_with(f),
    copy(slice) bump.alloc_slice_copy(slice),
    string(string) bump.alloc_str(string),
    allocator Of02(bump);

    /// bump-scope's arena, bumping up, which is its default.
    BumpScope(bump_scope::Bump), "bump-scope", |bump|
    put(value) bump_scope::BumpBox::leak(bump.alloc(value)),
    linked(value) bump_scope::BumpBox::leak(bump.alloc(value)),
    with(f) bump_scope::BumpBox::leak(bump.alloc_with(f)),
    copy(slice) bump_scope::BumpBox::leak(bump.alloc_slice_copy(slice)),
    string(string) bump_scope::BumpBox::leak(bump.alloc_str(string)),
    allocator bump;

    /// stumpalo's arena, which bumps down and keeps all chunks.
    Stumpalo(stumpalo::Arena), "stumpalo", |arena|
    put(value) arena.alloc(value),
    linked(value) arena.alloc(value),
    with(f) arena.alloc_with(f),
    copy(slice) arena.alloc_slice_copy(slice),
    string(string) arena.alloc_str(string),
    allocator arena;
}
