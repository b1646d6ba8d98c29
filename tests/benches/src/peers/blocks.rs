//! Rows of the `Allocator` trait, which are the same text for all libraries that have one.

use core::{alloc::Layout, hint::black_box, ptr::NonNull};

use crate::{drive::CALLS, peers::states::Warm};

/// What gives out blocks that an operation starts from.
pub(crate) trait Source: Warm {
    fn block(&self, layout: Layout) -> NonNull<u8>;
}

/// Calls with blocks that are the last ones.
pub(crate) fn at_tip<A: Source>(layout: Layout, call: impl Fn(&A, NonNull<u8>)) {
    let arena = A::warm();
    for _ in 0..CALLS {
        let block = arena.block(layout);
        call(black_box(&arena), black_box(block));
    }
}

/// Calls with blocks behind which there is another one.
pub(crate) fn elsewhere<A: Source>(layout: Layout, call: impl Fn(&A, NonNull<u8>)) {
    let arena = A::warm();
    for _ in 0..CALLS {
        let block = arena.block(layout);
        arena.block(layout);
        call(black_box(&arena), black_box(block));
    }
}

/// The functions of an arena whose `Allocator` is that of a version of allocator-api2, and
/// `ROWS`.
macro_rules! blocks {
    ($prefix:literal, $name:ident, $arena:ty, $api:ident) => {
        pub(crate) mod blocks {
            use core::{alloc::Layout, hint::black_box, ptr::NonNull};

            use $api::{
                alloc::{AllocError, Allocator},
                vec::Vec,
            };

            use super::*;
            use crate::{
                entry::{LARGE, SMALL},
                peers::blocks::{Source, at_tip, elsewhere},
            };

            type Block = Result<NonNull<[u8]>, AllocError>;

            impl Source for $arena {
                fn block(&self, layout: Layout) -> NonNull<u8> {
                    let block = Allocator::allocate(&self, layout);
                    block.expect("a warm arena has room").cast()
                }
            }

            peer! {
                $prefix, $name;
                $arena {
                    fn allocate_static(arena: &$arena) -> Block {
                        Allocator::allocate(&arena, SMALL)
                    }
                    fn allocate_run_time(arena: &$arena, layout: Layout) -> Block {
                        Allocator::allocate(&arena, layout)
                    }
                    fn push_1000(arena: &$arena) {
                        let mut vec = Vec::new_in(arena);
                        for value in 0..1000_u32 {
                            vec.push(value);
                        }
                    }
                    fn push_1000_in_turn(arena: &$arena) {
                        let mut vec = Vec::new_in(arena);
                        let mut other = Vec::new_in(arena);
                        for value in 0..1000_u32 {
                            vec.push(value);
                            other.push(value);
                        }
                    }
                }
            }

            /// # Safety
            ///
            /// `block` is a block of the arena with layout `SMALL`.
            #[inline(never)]
            #[unsafe(export_name = concat!($prefix, "_grow_static"))]
            unsafe fn grow_static(arena: &$arena, block: NonNull<u8>) -> Block {
                // SAFETY: the caller's promise.
                unsafe { Allocator::grow(&arena, block, SMALL, LARGE) }
            }

            /// # Safety
            ///
            /// As `Allocator::grow`.
            #[inline(never)]
            #[unsafe(export_name = concat!($prefix, "_grow_run_time"))]
            unsafe fn grow_run_time(
                arena: &$arena,
                block: NonNull<u8>,
                old: Layout,
                new: Layout,
            ) -> Block {
                // SAFETY: the caller's promise.
                unsafe { Allocator::grow(&arena, block, old, new) }
            }

            /// # Safety
            ///
            /// `block` is a block of the arena with layout `LARGE`.
            #[inline(never)]
            #[unsafe(export_name = concat!($prefix, "_shrink_static"))]
            unsafe fn shrink_static(arena: &$arena, block: NonNull<u8>) -> Block {
                // SAFETY: the caller's promise.
                unsafe { Allocator::shrink(&arena, block, LARGE, SMALL) }
            }

            /// # Safety
            ///
            /// As `Allocator::shrink`.
            #[inline(never)]
            #[unsafe(export_name = concat!($prefix, "_shrink_run_time"))]
            unsafe fn shrink_run_time(
                arena: &$arena,
                block: NonNull<u8>,
                old: Layout,
                new: Layout,
            ) -> Block {
                // SAFETY: the caller's promise.
                unsafe { Allocator::shrink(&arena, block, old, new) }
            }

            fn known_grow(arena: &$arena, block: NonNull<u8>) {
                // SAFETY: a block of `SMALL`.
                _ = black_box(unsafe { grow_static(arena, block) });
            }

            fn grow(arena: &$arena, block: NonNull<u8>) {
                let (old, new) = black_box((SMALL, LARGE));
                // SAFETY: a block of `SMALL`, which is not larger than `LARGE`.
                _ = black_box(unsafe { grow_run_time(arena, block, old, new) });
            }

            fn known_shrink(arena: &$arena, block: NonNull<u8>) {
                // SAFETY: a block of `LARGE`.
                _ = black_box(unsafe { shrink_static(arena, block) });
            }

            fn shrink(arena: &$arena, block: NonNull<u8>) {
                let (old, new) = black_box((LARGE, SMALL));
                // SAFETY: a block of `LARGE`, which is not smaller than `SMALL`.
                _ = black_box(unsafe { shrink_run_time(arena, block, old, new) });
            }

            /// The rows of blocks that grow and shrink.
            pub(crate) const RESIZED: &[crate::rows::Row] = &[
                row!(
                    $name,
                    "grow_tip_static",
                    concat!($prefix, "_grow_static"),
                    || {
                        at_tip(SMALL, known_grow);
                    }
                ),
                row!(
                    $name,
                    "grow_tip_run_time",
                    concat!($prefix, "_grow_run_time"),
                    || {
                        at_tip(SMALL, grow);
                    }
                ),
                row!(
                    $name,
                    "grow_elsewhere_static",
                    concat!($prefix, "_grow_static"),
                    || {
                        elsewhere(SMALL, known_grow);
                    }
                ),
                row!(
                    $name,
                    "grow_elsewhere_run_time",
                    concat!($prefix, "_grow_run_time"),
                    || {
                        elsewhere(SMALL, grow);
                    }
                ),
                row!(
                    $name,
                    "shrink_tip_static",
                    concat!($prefix, "_shrink_static"),
                    || {
                        at_tip(LARGE, known_shrink);
                    }
                ),
                row!(
                    $name,
                    "shrink_tip_run_time",
                    concat!($prefix, "_shrink_run_time"),
                    || {
                        at_tip(LARGE, shrink);
                    }
                ),
                row!(
                    $name,
                    "shrink_elsewhere_static",
                    concat!($prefix, "_shrink_static"),
                    || {
                        elsewhere(LARGE, known_shrink);
                    }
                ),
                row!(
                    $name,
                    "shrink_elsewhere_run_time",
                    concat!($prefix, "_shrink_run_time"),
                    || {
                        elsewhere(LARGE, shrink);
                    }
                ),
            ];
        }
    };
}

/// The deallocations of an arena that has [`blocks`]. Not for those that do nothing there.
macro_rules! deallocations {
    ($prefix:literal, $name:ident, $arena:ty, $api:ident) => {
        pub(crate) mod deallocations {
            use core::{alloc::Layout, hint::black_box, ptr::NonNull};

            use $api::alloc::Allocator;

            use super::*;
            use crate::{
                entry::SMALL,
                peers::blocks::{at_tip, elsewhere},
            };

            /// # Safety
            ///
            /// As `Allocator::deallocate`.
            #[inline(never)]
            #[unsafe(export_name = concat!($prefix, "_deallocate"))]
            unsafe fn deallocate(arena: &$arena, block: NonNull<u8>, layout: Layout) {
                // SAFETY: the caller's promise.
                unsafe { Allocator::deallocate(&arena, block, layout) }
            }

            fn free(arena: &$arena, block: NonNull<u8>) {
                // SAFETY: a block of `SMALL`, not used afterwards.
                unsafe { deallocate(arena, block, black_box(SMALL)) };
            }

            /// The rows of blocks that are freed.
            pub(crate) const ROWS: &[crate::rows::Row] = &[
                row!(
                    $name,
                    "deallocate_tip",
                    concat!($prefix, "_deallocate"),
                    || {
                        at_tip(SMALL, free);
                    }
                ),
                row!(
                    $name,
                    "deallocate_elsewhere",
                    concat!($prefix, "_deallocate"),
                    || {
                        elsewhere(SMALL, free);
                    }
                ),
            ];
        }
    };
}
