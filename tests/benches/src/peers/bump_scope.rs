//! bump-scope, in both directions. It drops no values: its boxes do.

use core::mem::MaybeUninit;

use bump_scope::{
    Bump, BumpBox,
    alloc::{AllocError, Global},
    settings::BumpSettings,
};

use crate::{
    drive::ROOM,
    peers::{
        Length,
        first::First,
        states::Warm,
        values::{Slices, Values},
    },
};

macro_rules! bump_scope {
    ($module:ident, $prefix:literal, $name:ident, $settings:ty) => {
        pub(crate) mod $module {
            use super::*;

            type Arena = Bump<Global, $settings>;

            impl Warm for Arena {
                fn warm() -> Self {
                    Bump::with_size(ROOM)
                }
            }

            impl Values for Arena {
                type Put<'a, T: ?Sized + 'a> = BumpBox<'a, T>;
                type Refused<T> = AllocError;

                #[inline(always)]
                fn put<T>(&self, value: T) -> BumpBox<'_, T> {
                    self.alloc(value)
                }

                #[inline(always)]
                fn try_put<T>(&self, value: T) -> Result<BumpBox<'_, T>, AllocError> {
                    self.try_alloc(value)
                }
            }

            impl Slices for Arena {
                #[inline(always)]
                fn copy_slice<T: Copy>(&self, slice: &[T]) -> BumpBox<'_, [T]> {
                    self.alloc_slice_copy(slice)
                }

                #[inline(always)]
                fn copy_str(&self, string: &str) -> BumpBox<'_, str> {
                    self.alloc_str(string)
                }

                #[inline(always)]
                fn try_copy_slice<T: Copy>(&self, slice: &[T]) -> Option<BumpBox<'_, [T]>> {
                    self.try_alloc_slice_copy(slice).ok()
                }

                #[inline(always)]
                fn try_copy_str(&self, string: &str) -> Option<BumpBox<'_, str>> {
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
                $prefix, $name;
                Arena {
                    fn uninit_u64(arena: &Arena) -> BumpBox<'_, MaybeUninit<u64>> {
                        arena.alloc_uninit()
                    }
                    fn with_u64<'a>(arena: &'a Arena, value: &'static u64) -> BumpBox<'a, u64> {
                        arena.alloc_with(|| *value)
                    }
                    fn from_iter(arena: &Arena, length: Length) -> BumpBox<'_, [u64]> {
                        arena.alloc_iter(length.numbers())
                    }
                    fn try_from_iter(arena: &Arena, length: Length) -> Option<BumpBox<'_, [u64]>> {
                        arena.try_alloc_iter(length.numbers()).ok()
                    }
                    fn reset(arena: &mut Arena) { arena.reset() }
                    fn frame_empty(arena: &mut Arena) { drop(arena.scope_guard()) }
                    fn frame_put_u32(arena: &mut Arena, value: u32) {
                        arena.scope_guard().scope().alloc(value);
                    }
                    fn scope_put_u32(arena: &mut Arena, value: u32) {
                        arena.scoped(|scope| { scope.alloc(value); })
                    }
                }
            }

            first!($prefix, $name, Arena);
            values!($prefix, $name, Arena);
            slices!($prefix, $name, Arena);
            blocks!($prefix, $name, Arena, allocator_api2);
            deallocations!($prefix, $name, Arena, allocator_api2);
        }
    };
}

bump_scope!(up, "bump_scope_up", name, BumpSettings<1, true>);
bump_scope!(down, "bump_scope_down", name, BumpSettings<1, false>);
bump_scope!(up_8, "bump_scope_up_8", name_min_8, BumpSettings<8, true>);
bump_scope!(down_8, "bump_scope_down_8", name_min_8, BumpSettings<8, false>);
