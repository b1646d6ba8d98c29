//! Rows of values and slices, which are the same text for all libraries that put them.

/// An arena that values are put into.
pub(crate) trait Values {
    /// What it gives back.
    type Put<'a, T: ?Sized + 'a>
    where
        Self: 'a;
    /// What it gives back where there is no memory.
    type Refused<T>;

    fn put<T: 'static>(&self, value: T) -> Self::Put<'_, T>;
    fn try_put<T: 'static>(&self, value: T) -> Result<Self::Put<'_, T>, Self::Refused<T>>;
}

/// An arena that slices are copied into.
pub(crate) trait Slices: Values {
    fn copy_slice<T: Copy>(&self, slice: &[T]) -> Self::Put<'_, [T]>;
    fn copy_str(&self, string: &str) -> Self::Put<'_, str>;
    fn try_copy_slice<T: Copy>(&self, slice: &[T]) -> Option<Self::Put<'_, [T]>>;
    fn try_copy_str(&self, string: &str) -> Option<Self::Put<'_, str>>;
}

/// The functions of an arena that has [`Values`], and `ROWS`.
macro_rules! values {
    ($prefix:literal, $name:ident, $arena:ty) => {
        pub(crate) mod values {
            use super::*;
            use crate::{
                entry::{Bytes48, Bytes56},
                peers::values::Values,
            };

            type Put<'a, T> = <$arena as Values>::Put<'a, T>;
            type Tried<'a, T> = Result<Put<'a, T>, <$arena as Values>::Refused<T>>;

            peer! {
                $prefix, $name;
                $arena {
                    fn put_u8(arena: &$arena, value: u8) -> Put<'_, u8> { Values::put(arena, value) }
                    fn put_u32(arena: &$arena, value: u32) -> Put<'_, u32> { Values::put(arena, value) }
                    fn put_u64(arena: &$arena, value: u64) -> Put<'_, u64> { Values::put(arena, value) }
                    fn put_48(arena: &$arena, value: Bytes48) -> Put<'_, Bytes48> {
                        Values::put(arena, value)
                    }
                    fn put_56(arena: &$arena, value: Bytes56) -> Put<'_, Bytes56> {
                        Values::put(arena, value)
                    }

                    fn try_put_u8(arena: &$arena, value: u8) -> Tried<'_, u8> {
                        Values::try_put(arena, value)
                    }
                    fn try_put_u32(arena: &$arena, value: u32) -> Tried<'_, u32> {
                        Values::try_put(arena, value)
                    }
                    fn try_put_u64(arena: &$arena, value: u64) -> Tried<'_, u64> {
                        Values::try_put(arena, value)
                    }
                    fn try_put_48(arena: &$arena, value: Bytes48) -> Tried<'_, Bytes48> {
                        Values::try_put(arena, value)
                    }
                    fn try_put_56(arena: &$arena, value: Bytes56) -> Tried<'_, Bytes56> {
                        Values::try_put(arena, value)
                    }

                    fn try_put_u8_matched(arena: &$arena, value: u8) -> Option<Put<'_, u8>> {
                        Values::try_put(arena, value).ok()
                    }
                    fn try_put_u32_matched(arena: &$arena, value: u32) -> Option<Put<'_, u32>> {
                        Values::try_put(arena, value).ok()
                    }
                    fn try_put_u64_matched(arena: &$arena, value: u64) -> Option<Put<'_, u64>> {
                        Values::try_put(arena, value).ok()
                    }
                    fn try_put_48_matched(
                        arena: &$arena,
                        value: Bytes48
                    ) -> Option<Put<'_, Bytes48>> {
                        Values::try_put(arena, value).ok()
                    }
                    fn try_put_56_matched(
                        arena: &$arena,
                        value: Bytes56
                    ) -> Option<Put<'_, Bytes56>> {
                        Values::try_put(arena, value).ok()
                    }
                }
            }
        }
    };
}

/// The functions of an arena that has [`Slices`], and `ROWS`.
macro_rules! slices {
    ($prefix:literal, $name:ident, $arena:ty) => {
        pub(crate) mod slices {
            use super::*;
            use crate::peers::values::{Slices, Values};

            type Put<'a, T> = <$arena as Values>::Put<'a, T>;

            peer! {
                $prefix, $name;
                $arena {
                    fn copy_slice_u8<'a>(arena: &'a $arena, slice: &'static [u8]) -> Put<'a, [u8]> {
                        Slices::copy_slice(arena, slice)
                    }
                    fn copy_slice_u32<'a>(
                        arena: &'a $arena,
                        slice: &'static [u32]
                    ) -> Put<'a, [u32]> {
                        Slices::copy_slice(arena, slice)
                    }
                    fn copy_str<'a>(arena: &'a $arena, string: &'static str) -> Put<'a, str> {
                        Slices::copy_str(arena, string)
                    }
                    fn try_copy_slice_u8<'a>(
                        arena: &'a $arena,
                        slice: &'static [u8]
                    ) -> Option<Put<'a, [u8]>> {
                        Slices::try_copy_slice(arena, slice)
                    }
                    fn try_copy_slice_u32<'a>(
                        arena: &'a $arena,
                        slice: &'static [u32]
                    ) -> Option<Put<'a, [u32]>> {
                        Slices::try_copy_slice(arena, slice)
                    }
                    fn try_copy_str<'a>(
                        arena: &'a $arena,
                        string: &'static str
                    ) -> Option<Put<'a, str>> {
                        Slices::try_copy_str(arena, string)
                    }
                }
            }
        }
    };
}
