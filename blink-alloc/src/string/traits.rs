//! What a [`BlinkString`] has in common with the string of std: it compares, hashes, is shown and
//! extended as a `str`.

use alloc::{borrow::Cow, boxed::Box, string::String};
use core::{
    borrow::{Borrow, BorrowMut},
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    ops::{Add, AddAssign, Index, IndexMut},
    slice::SliceIndex,
};

use allocator_api2::alloc::Allocator;

use super::BlinkString;
use crate::vec::BlinkVec;

/// Appends text. An error where memory cannot be had.
impl<H: Allocator> fmt::Write for BlinkString<H> {
    #[inline]
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.try_push_str(text).map_err(|_| fmt::Error)
    }
}

impl<H: Allocator> From<BlinkString<H>> for BlinkVec<u8, H> {
    fn from(string: BlinkString<H>) -> Self {
        string.bytes
    }
}

impl<H: Allocator + Clone> Clone for BlinkString<H> {
    fn clone(&self) -> Self {
        let bytes = self.bytes.clone();
        Self { bytes }
    }

    fn clone_from(&mut self, source: &Self) {
        self.clear();
        self.push_str(source);
    }
}

impl<H: Allocator> fmt::Debug for BlinkString<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

impl<H: Allocator> fmt::Display for BlinkString<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

impl<H: Allocator> Extend<char> for BlinkString<H> {
    fn extend<I: IntoIterator<Item = char>>(&mut self, iter: I) {
        for character in iter {
            self.push(character);
        }
    }
}

impl<'a, H: Allocator> Extend<&'a char> for BlinkString<H> {
    fn extend<I: IntoIterator<Item = &'a char>>(&mut self, iter: I) {
        self.extend(iter.into_iter().copied());
    }
}

/// Appends strings of some type.
macro_rules! extend {
    ($($Text:ty),*) => {$(
        impl<'a, H: Allocator> Extend<$Text> for BlinkString<H> {
            fn extend<I: IntoIterator<Item = $Text>>(&mut self, iter: I) {
                for text in iter {
                    self.push_str(&text);
                }
            }
        }
    )*};
}

extend!(&'a str, &'a mut str, String, Box<str>, Cow<'a, str>);

impl<H: Allocator> AddAssign<&str> for BlinkString<H> {
    #[inline]
    fn add_assign(&mut self, text: &str) {
        self.push_str(text);
    }
}

impl<H: Allocator> Add<&str> for BlinkString<H> {
    type Output = Self;

    #[inline]
    fn add(mut self, text: &str) -> Self {
        self.push_str(text);
        self
    }
}

impl<I: SliceIndex<str>, H: Allocator> Index<I> for BlinkString<H> {
    type Output = I::Output;

    #[inline]
    fn index(&self, index: I) -> &I::Output {
        &self.as_str()[index]
    }
}

impl<I: SliceIndex<str>, H: Allocator> IndexMut<I> for BlinkString<H> {
    #[inline]
    fn index_mut(&mut self, index: I) -> &mut I::Output {
        &mut self.as_mut_str()[index]
    }
}

impl<H: Allocator> AsRef<str> for BlinkString<H> {
    fn as_ref(&self) -> &str {
        self
    }
}

impl<H: Allocator> AsMut<str> for BlinkString<H> {
    fn as_mut(&mut self) -> &mut str {
        self
    }
}

impl<H: Allocator> AsRef<[u8]> for BlinkString<H> {
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

#[cfg(feature = "std")]
impl<H: Allocator> AsRef<std::ffi::OsStr> for BlinkString<H> {
    fn as_ref(&self) -> &std::ffi::OsStr {
        self.as_str().as_ref()
    }
}

#[cfg(feature = "std")]
impl<H: Allocator> AsRef<std::path::Path> for BlinkString<H> {
    fn as_ref(&self) -> &std::path::Path {
        self.as_str().as_ref()
    }
}

impl<H: Allocator> Borrow<str> for BlinkString<H> {
    fn borrow(&self) -> &str {
        self
    }
}

impl<H: Allocator> BorrowMut<str> for BlinkString<H> {
    fn borrow_mut(&mut self) -> &mut str {
        self
    }
}

impl<H: Allocator, I: Allocator> PartialEq<BlinkString<I>> for BlinkString<H> {
    #[inline]
    fn eq(&self, other: &BlinkString<I>) -> bool {
        self.as_str() == other.as_str()
    }
}

/// Compares with other strings as a `str` does, from both sides.
macro_rules! equal {
    ($($Other:ty),*) => {$(
        impl<'a, H: Allocator> PartialEq<$Other> for BlinkString<H> {
            #[inline]
            fn eq(&self, other: &$Other) -> bool {
                self[..] == other[..]
            }
        }

        impl<'a, H: Allocator> PartialEq<BlinkString<H>> for $Other {
            #[inline]
            fn eq(&self, other: &BlinkString<H>) -> bool {
                self[..] == other[..]
            }
        }
    )*};
}

equal!(str, &'a str, &'a mut str, String, Cow<'a, str>);

impl<H: Allocator> Eq for BlinkString<H> {}

impl<H: Allocator, I: Allocator> PartialOrd<BlinkString<I>> for BlinkString<H> {
    #[inline]
    fn partial_cmp(&self, other: &BlinkString<I>) -> Option<Ordering> {
        Some(self.as_str().cmp(other))
    }
}

impl<H: Allocator> Ord for BlinkString<H> {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other)
    }
}

impl<H: Allocator> Hash for BlinkString<H> {
    #[inline]
    fn hash<S: Hasher>(&self, state: &mut S) {
        self.as_str().hash(state);
    }
}
