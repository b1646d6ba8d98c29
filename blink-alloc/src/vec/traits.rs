//! What a [`BlinkVec`] has in common with the vector of std: it compares, hashes, is iterated and
//! extended as the slice of its items.

use core::{
    borrow::{Borrow, BorrowMut},
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    ops::{Index, IndexMut},
    slice::{self, SliceIndex},
};

use allocator_api2::{alloc::Allocator, vec::Vec};

use super::{BlinkVec, IntoItems};

impl<T, H: Allocator> From<Vec<T, H>> for BlinkVec<T, H> {
    #[inline(always)]
    fn from(items: Vec<T, H>) -> Self {
        Self(items)
    }
}

impl<T, H: Allocator> From<BlinkVec<T, H>> for Vec<T, H> {
    #[inline(always)]
    fn from(items: BlinkVec<T, H>) -> Self {
        items.0
    }
}

impl<T: Clone, H: Allocator + Clone> Clone for BlinkVec<T, H> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }

    fn clone_from(&mut self, source: &Self) {
        self.0.clone_from(&source.0);
    }
}

impl<T: fmt::Debug, H: Allocator> fmt::Debug for BlinkVec<T, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T, H: Allocator> Extend<T> for BlinkVec<T, H> {
    #[inline]
    fn extend<I: IntoIterator<Item = T>>(&mut self, iter: I) {
        self.0.extend(iter);
    }
}

impl<'a, T: Copy, H: Allocator> Extend<&'a T> for BlinkVec<T, H> {
    #[inline]
    fn extend<I: IntoIterator<Item = &'a T>>(&mut self, iter: I) {
        self.0.extend(iter.into_iter().copied());
    }
}

impl<T, H: Allocator> IntoIterator for BlinkVec<T, H> {
    type Item = T;
    type IntoIter = IntoItems<T, H>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        IntoItems::new(self.0)
    }
}

impl<'a, T, H: Allocator> IntoIterator for &'a BlinkVec<T, H> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a, T, H: Allocator> IntoIterator for &'a mut BlinkVec<T, H> {
    type Item = &'a mut T;
    type IntoIter = slice::IterMut<'a, T>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

impl<T, I: SliceIndex<[T]>, H: Allocator> Index<I> for BlinkVec<T, H> {
    type Output = I::Output;

    #[inline]
    fn index(&self, index: I) -> &I::Output {
        &self.0[index]
    }
}

impl<T, I: SliceIndex<[T]>, H: Allocator> IndexMut<I> for BlinkVec<T, H> {
    #[inline]
    fn index_mut(&mut self, index: I) -> &mut I::Output {
        &mut self.0[index]
    }
}

impl<T, H: Allocator> AsRef<[T]> for BlinkVec<T, H> {
    fn as_ref(&self) -> &[T] {
        self
    }
}

impl<T, H: Allocator> AsMut<[T]> for BlinkVec<T, H> {
    fn as_mut(&mut self) -> &mut [T] {
        self
    }
}

impl<T, H: Allocator> Borrow<[T]> for BlinkVec<T, H> {
    fn borrow(&self) -> &[T] {
        self
    }
}

impl<T, H: Allocator> BorrowMut<[T]> for BlinkVec<T, H> {
    fn borrow_mut(&mut self) -> &mut [T] {
        self
    }
}

/// Compares as slices do.
macro_rules! equal {
    ($([$($generics:tt)*] $Left:ty, $Right:ty;)*) => {$(
        impl<T: PartialEq<U>, U, $($generics)*> PartialEq<$Right> for $Left {
            #[inline]
            fn eq(&self, other: &$Right) -> bool {
                self[..] == other[..]
            }
        }
    )*};
}

equal! {
    [H: Allocator, I: Allocator] BlinkVec<T, H>, BlinkVec<U, I>;
    [H: Allocator, I: Allocator] BlinkVec<T, H>, Vec<U, I>;
    [H: Allocator, I: Allocator] Vec<T, H>, BlinkVec<U, I>;
    [H: Allocator] BlinkVec<T, H>, alloc::vec::Vec<U>;
    [H: Allocator] alloc::vec::Vec<T>, BlinkVec<U, H>;
    [H: Allocator] BlinkVec<T, H>, [U];
    [H: Allocator] [T], BlinkVec<U, H>;
    [H: Allocator] BlinkVec<T, H>, &[U];
    [H: Allocator] &[T], BlinkVec<U, H>;
    [H: Allocator] BlinkVec<T, H>, &mut [U];
    [H: Allocator] &mut [T], BlinkVec<U, H>;
    [H: Allocator, const N: usize] BlinkVec<T, H>, [U; N];
    [H: Allocator, const N: usize] [T; N], BlinkVec<U, H>;
    [H: Allocator, const N: usize] BlinkVec<T, H>, &[U; N];
}

impl<T: Eq, H: Allocator> Eq for BlinkVec<T, H> {}

impl<T: PartialOrd, H: Allocator, I: Allocator> PartialOrd<BlinkVec<T, I>> for BlinkVec<T, H> {
    #[inline]
    fn partial_cmp(&self, other: &BlinkVec<T, I>) -> Option<Ordering> {
        self[..].partial_cmp(&other[..])
    }
}

impl<T: Ord, H: Allocator> Ord for BlinkVec<T, H> {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        self[..].cmp(&other[..])
    }
}

impl<T: Hash, H: Allocator> Hash for BlinkVec<T, H> {
    #[inline]
    fn hash<S: Hasher>(&self, state: &mut S) {
        self[..].hash(state);
    }
}

/// Appends bytes. An error of the kind `OutOfMemory`, where there is no room for them.
#[cfg(feature = "std")]
impl<H: Allocator> std::io::Write for BlinkVec<u8, H> {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        let appended = self.try_extend_copy(bytes);
        appended.map_err(|_| std::io::ErrorKind::OutOfMemory.into())
    }

    #[inline]
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
