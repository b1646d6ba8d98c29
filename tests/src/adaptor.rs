//! What values are put into: an adaptor, or a frame of one.
//!
//! They have the same methods. A test that is to run over both calls them by a trait.

use core::{fmt, mem::MaybeUninit};

use allocator_api2::alloc::{AllocError, Allocator};
use blink_alloc::{Blink, BlinkAllocator, BlinkVec, Emplace, Frame, Handle, Local, OwnedSlice};

/// A builder that borrows its adaptor.
type Builder<'a, A, T> = Emplace<'a, A, T, &'a mut T, &'a mut [T], &'a ()>;

/// The same, whose results are shared.
type Sharing<'a, A, T> = Emplace<'a, A, T, &'a T, &'a [T], &'a ()>;

/// Items in the arena, and the one that had no room.
type Rest<'a, T> = (&'a mut [T], Option<T>);

/// A slice that was a vector of the items, or the items.
fn vector<'a, T: 'static>(
    items: impl Iterator<Item = T>,
    handle: impl Handle<'a, Mode = Local>,
) -> Result<&'a mut [T], Vec<T>> {
    match BlinkVec::try_from_iter_in(items, handle) {
        Ok(items) => items
            .try_into_slice()
            .map_err(|mut items| items.drain(..).collect()),
        Err((mut items, item)) => Err(items.drain(..).chain([item]).collect()),
    }
}

/// Declares the trait, and implements it for both by their methods of the same names.
macro_rules! adaptor {
    ($($name:ident[$($generics:tt)*]($($argument:ident: $type:ty),*) -> $result:ty;)*) => {
        /// The methods that [`Blink`] and [`Frame`] share. What is put lives as long as they
        /// are borrowed.
        #[expect(missing_docs, reason = "those of the library")]
        #[allow(clippy::mut_from_ref, reason = "every call returns other memory")]
        pub trait Adaptor {
            /// The arena.
            type Arena: BlinkAllocator;

            /// What collections are made in, to be put here.
            fn allocator(&self) -> impl Allocator;

            /// # Safety
            ///
            /// As that of the library.
            unsafe fn emplace_unchecked<T: 'static>(&self) -> Builder<'_, Self::Arena, T>;

            /// By `BlinkVec::into_slice`.
            fn vector<T: 'static>(&self, items: impl Iterator<Item = T>) -> &mut [T];

            /// By `BlinkVec::try_into_slice`. What has no room comes back.
            fn try_vector<T: 'static>(
                &self,
                items: impl Iterator<Item = T>,
            ) -> Result<&mut [T], Vec<T>>;

            /// By `BlinkVec::into_slice_no_drop`.
            fn vector_no_drop<T: 'static>(&self, items: impl Iterator<Item = T>) -> &mut [T];

            $(fn $name<$($generics)*>(&self, $($argument: $type),*) -> $result;)*
        }

        impl<A: BlinkAllocator> Adaptor for Blink<A> {
            type Arena = A;

            fn allocator(&self) -> impl Allocator {
                Blink::allocator(self)
            }

            unsafe fn emplace_unchecked<T: 'static>(&self) -> Builder<'_, A, T> {
                // SAFETY: the caller's promise.
                unsafe { Blink::emplace_unchecked(self) }
            }

            fn vector<T: 'static>(&self, items: impl Iterator<Item = T>) -> &mut [T] {
                BlinkVec::from_iter_in(items, self).into_slice()
            }

            fn try_vector<T: 'static>(
                &self,
                items: impl Iterator<Item = T>,
            ) -> Result<&mut [T], Vec<T>> {
                vector(items, self)
            }

            fn vector_no_drop<T: 'static>(&self, items: impl Iterator<Item = T>) -> &mut [T] {
                BlinkVec::from_iter_in(items, self).into_slice_no_drop()
            }

            $(fn $name<$($generics)*>(&self, $($argument: $type),*) -> $result {
                Blink::$name(self, $($argument),*)
            })*
        }

        impl<A: BlinkAllocator> Adaptor for Frame<'_, A> {
            type Arena = A;

            fn allocator(&self) -> impl Allocator {
                self
            }

            unsafe fn emplace_unchecked<T: 'static>(&self) -> Builder<'_, A, T> {
                // SAFETY: the caller's promise.
                unsafe { Frame::emplace_unchecked(self) }
            }

            fn vector<T: 'static>(&self, items: impl Iterator<Item = T>) -> &mut [T] {
                BlinkVec::from_iter_in(items, self).into_slice()
            }

            fn try_vector<T: 'static>(
                &self,
                items: impl Iterator<Item = T>,
            ) -> Result<&mut [T], Vec<T>> {
                vector(items, self)
            }

            fn vector_no_drop<T: 'static>(&self, items: impl Iterator<Item = T>) -> &mut [T] {
                BlinkVec::from_iter_in(items, self).into_slice_no_drop()
            }

            $(fn $name<$($generics)*>(&self, $($argument: $type),*) -> $result {
                Frame::$name(self, $($argument),*)
            })*
        }
    };
}

adaptor! {
    put[T: 'static](value: T) -> &mut T;
    try_put[T: 'static](value: T) -> Result<&mut T, T>;
    put_no_drop[T: 'static](value: T) -> &mut T;
    try_put_no_drop[T: 'static](value: T) -> Result<&mut T, T>;
    uninit[T: 'static]() -> &mut MaybeUninit<T>;
    try_uninit[T: 'static]() -> Option<&mut MaybeUninit<T>>;
    put_box[T: ?Sized + 'static](value: Box<T>) -> &mut T;
    try_put_box[T: ?Sized + 'static](value: Box<T>) -> Result<&mut T, Box<T>>;
    emplace[T: 'static]() -> Builder<'_, Self::Arena, T>;
    emplace_no_drop[T: 'static]() -> Builder<'_, Self::Arena, T>;
    emplace_shared[T: 'static]() -> Sharing<'_, Self::Arena, T>;
    copy_slice[T: Copy + 'static](slice: &[T]) -> &mut [T];
    try_copy_slice[T: Copy + 'static](slice: &[T]) -> Option<&mut [T]>;
    copy_str[](string: &str) -> &mut str;
    format[](text: fmt::Arguments<'_>) -> &mut str;
    try_format[](text: fmt::Arguments<'_>) -> Result<&mut str, AllocError>;
    try_copy_str[](string: &str) -> Option<&mut str>;
    clone_slice[T: Clone + 'static](slice: &[T]) -> &mut [T];
    try_clone_slice[T: Clone + 'static](slice: &[T]) -> Result<&mut [T], AllocError>;
    put_slice[C: OwnedSlice<Item: 'static>](items: C) -> &mut [C::Item];
    try_put_slice[C: OwnedSlice<Item: 'static>](items: C) -> Result<&mut [C::Item], C>;
    fill[T: Clone + 'static](count: usize, value: T) -> &mut [T];
    try_fill[T: Clone + 'static](count: usize, value: T) -> Result<&mut [T], T>;
    fill_with[T: 'static, F: FnMut(usize) -> T](count: usize, f: F) -> &mut [T];
    try_fill_with[T: 'static, F: FnMut(usize) -> T](count: usize, f: F) -> Result<&mut [T], F>;
    fill_iter[I: IntoIterator<Item: 'static>](iter: I) -> &mut [I::Item];
    try_fill_iter[I: IntoIterator<Item: 'static>](iter: I)
        -> Result<&mut [I::Item], Rest<'_, I::Item>>;
    fill_iter_fallible[T: 'static, E, I: IntoIterator<Item = Result<T, E>>](iter: I)
        -> Result<&mut [T], E>;
    try_fill_iter_fallible[T: 'static, E, I: IntoIterator<Item = Result<T, E>>](iter: I)
        -> Result<&mut [T], Result<E, Rest<'_, T>>>;
}
