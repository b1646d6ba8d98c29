//! A string that grows in an arena, and becomes a `str` of it.
//!
//! A [`BlinkString`] is a vector of bytes that are UTF-8 at all times: also where a closure of
//! the user panics, or the base allocator does. What it has in common with the string of std is in `string/traits`.

mod drain;
mod traits;

use core::{
    char::{DecodeUtf16Error, decode_utf16},
    ops::{Bound, Deref, DerefMut, Range, RangeBounds},
    str::{self, Utf8Error},
};

use allocator_api2::{
    alloc::{AllocError, Allocator},
    vec::Vec,
};

pub use self::drain::DrainChars;
use crate::{handle::Handle, vec::BlinkVec};

/// A string in an arena, on `H`: `&Blink` of any mode, or `&Frame`.
///
/// It has the methods that the `String` of std is used by, and derefs to `str`. While nothing else is put
/// into the arena it grows in place. A string that is complete becomes a `&mut str` that lives as
/// long as what is put into the arena, by [`into_str`](Self::into_str).
///
/// Text that does not grow goes in by [`copy_str`](crate::Blink::copy_str), or
/// [`blink_format!`](crate::blink_format).
///
/// # Examples
///
/// ```
/// use std::fmt::Write;
///
/// use blink_alloc::{Blink, BlinkString};
///
/// let blink = Blink::new();
/// let mut list = BlinkString::new_in(&blink);
/// for number in 1..4 {
///     if !list.is_empty() {
///         list.push_str(", ");
///     }
///     write!(list, "{number}").unwrap(); // an error where there is no memory
/// }
/// let list: &mut str = list.into_str();
/// assert_eq!(list, "1, 2, 3");
/// ```
pub struct BlinkString<H: Allocator> {
    /// Invariant: UTF-8.
    bytes: BlinkVec<u8, H>,
}

impl<H: Allocator> BlinkString<H> {
    /// An empty string. Allocates nothing yet.
    #[inline(always)]
    pub const fn new_in(handle: H) -> Self {
        let bytes = BlinkVec::new_in(handle);
        Self { bytes }
    }

    /// An empty string with room for `capacity` bytes.
    ///
    /// # Panics
    ///
    /// When so many bytes have no layout.
    #[inline]
    pub fn with_capacity_in(capacity: usize, handle: H) -> Self {
        let bytes = BlinkVec::with_capacity_in(capacity, handle);
        Self { bytes }
    }

    /// [`with_capacity_in`](Self::with_capacity_in), but returns an error where memory cannot be
    /// had.
    ///
    /// # Errors
    ///
    /// When memory cannot be had, or so many bytes have no layout.
    pub fn try_with_capacity_in(capacity: usize, handle: H) -> Result<Self, AllocError> {
        let bytes = BlinkVec::try_with_capacity_in(capacity, handle)?;
        Ok(Self { bytes })
    }

    /// A copy of a string, to which more can be added.
    ///
    /// # Examples
    ///
    /// ```
    /// # use blink_alloc::{Blink, BlinkString};
    /// let blink = Blink::new();
    /// let mut text = BlinkString::from_str_in("to be", &blink);
    /// text += " or not to be";
    /// assert_eq!(text, "to be or not to be");
    /// ```
    pub fn from_str_in(string: &str, handle: H) -> Self {
        let mut copy = Self::with_capacity_in(string.len(), handle);
        copy.push_str(string);
        copy
    }

    /// [`from_str_in`](Self::from_str_in), but returns an error where memory cannot be had.
    ///
    /// # Errors
    ///
    /// When memory cannot be had.
    pub fn try_from_str_in(string: &str, handle: H) -> Result<Self, AllocError> {
        let mut copy = Self::try_with_capacity_in(string.len(), handle)?;
        copy.try_push_str(string)?;
        Ok(copy)
    }

    /// A string of what an iterator yields: characters, or strings.
    ///
    /// # Examples
    ///
    /// ```
    /// # use blink_alloc::{Blink, BlinkString};
    /// let blink = Blink::new();
    /// let reversed = BlinkString::from_iter_in("drawer".chars().rev(), &blink);
    /// assert_eq!(reversed, "reward");
    /// let joined = BlinkString::from_iter_in(["to", "be"], &blink);
    /// assert_eq!(joined, "tobe");
    /// ```
    pub fn from_iter_in<T>(iter: impl IntoIterator<Item = T>, handle: H) -> Self
    where
        Self: Extend<T>,
    {
        let mut string = Self::new_in(handle);
        string.extend(iter);
        string
    }

    /// A string of bytes that are UTF-8. Nothing is copied.
    ///
    /// # Errors
    ///
    /// The bytes, and where they are not UTF-8.
    ///
    /// # Examples
    ///
    /// ```
    /// # use blink_alloc::{Blink, BlinkString, blink_vec};
    /// let blink = Blink::new();
    /// let text = BlinkString::from_utf8(blink_vec![in &blink; b'o', b'k']).unwrap();
    /// assert_eq!(text, "ok");
    /// let (bytes, error) = BlinkString::from_utf8(blink_vec![in &blink; b'o', 0xff]).unwrap_err();
    /// assert_eq!((&bytes[..], error.valid_up_to()), (&[b'o', 0xff][..], 1));
    /// ```
    pub fn from_utf8(bytes: BlinkVec<u8, H>) -> Result<Self, (BlinkVec<u8, H>, Utf8Error)> {
        match str::from_utf8(&bytes) {
            Ok(_) => Ok(Self { bytes }),
            Err(error) => Err((bytes, error)),
        }
    }

    /// A copy of bytes that should be UTF-8, with `U+FFFD` where they are not.
    ///
    /// # Examples
    ///
    /// ```
    /// # use blink_alloc::{Blink, BlinkString};
    /// let blink = Blink::new();
    /// assert_eq!(BlinkString::from_utf8_lossy_in(b"a\xffb", &blink), "a\u{fffd}b");
    /// ```
    pub fn from_utf8_lossy_in(bytes: &[u8], handle: H) -> Self {
        let mut string = Self::with_capacity_in(bytes.len(), handle);
        for chunk in bytes.utf8_chunks() {
            string.push_str(chunk.valid());
            if !chunk.invalid().is_empty() {
                string.push(char::REPLACEMENT_CHARACTER);
            }
        }
        string
    }

    /// A string of UTF-16.
    ///
    /// # Errors
    ///
    /// The first surrogate that has no partner.
    ///
    /// # Examples
    ///
    /// ```
    /// # use blink_alloc::{Blink, BlinkString};
    /// let blink = Blink::new();
    /// let text: Vec<u16> = "größer".encode_utf16().collect();
    /// assert_eq!(BlinkString::from_utf16_in(&text, &blink).unwrap(), "größer");
    /// assert!(BlinkString::from_utf16_in(&[0xd800], &blink).is_err());
    /// ```
    pub fn from_utf16_in(units: &[u16], handle: H) -> Result<Self, DecodeUtf16Error> {
        let mut string = Self::with_capacity_in(units.len(), handle);
        for character in decode_utf16(units.iter().copied()) {
            string.push(character?);
        }
        Ok(string)
    }

    /// The string.
    #[inline(always)]
    pub fn as_str(&self) -> &str {
        self
    }

    /// The string, to be changed in place.
    #[inline(always)]
    pub fn as_mut_str(&mut self) -> &mut str {
        self
    }

    /// Bytes that have room without growing.
    #[inline(always)]
    pub fn capacity(&self) -> usize {
        self.bytes.capacity()
    }

    /// Makes room for `additional` bytes at least.
    ///
    /// # Panics
    ///
    /// When so many bytes have no layout.
    #[inline]
    pub fn reserve(&mut self, additional: usize) {
        self.bytes.reserve(additional);
    }

    /// [`reserve`](Self::reserve), but returns an error where memory cannot be had.
    ///
    /// # Errors
    ///
    /// When memory cannot be had, or so many bytes have no layout.
    #[inline]
    pub fn try_reserve(&mut self, additional: usize) -> Result<(), AllocError> {
        self.bytes.make_room(additional)
    }

    /// Gives back room for more, if nothing stands behind the string.
    pub fn shrink_to_fit(&mut self) {
        self.bytes.shrink_to_fit();
    }

    /// Appends a character.
    #[inline]
    pub fn push(&mut self, character: char) {
        self.push_str(character.encode_utf8(&mut [0; 4]));
    }

    /// [`push`](Self::push), but returns an error where memory cannot be had.
    ///
    /// # Errors
    ///
    /// When memory cannot be had.
    #[inline]
    pub fn try_push(&mut self, character: char) -> Result<(), AllocError> {
        self.try_push_str(character.encode_utf8(&mut [0; 4]))
    }

    /// Appends a string.
    #[inline]
    pub fn push_str(&mut self, string: &str) {
        self.bytes.extend_copy(string.as_bytes());
    }

    /// [`push_str`](Self::push_str), but returns an error where memory cannot be had.
    ///
    /// # Errors
    ///
    /// When memory cannot be had: nothing was appended then.
    ///
    /// # Examples
    ///
    /// ```
    /// # use blink_alloc::{Blink, BlinkString};
    /// let blink = Blink::new();
    /// let mut text = BlinkString::from_str_in("kept", &blink);
    /// blink.allocator().set_limit(Some(0));
    /// assert!(text.try_push_str(&"x".repeat(10_000)).is_err());
    /// assert_eq!(text, "kept");
    /// ```
    #[inline]
    pub fn try_push_str(&mut self, string: &str) -> Result<(), AllocError> {
        self.bytes.try_extend_copy(string.as_bytes())
    }

    /// Inserts a character at a byte.
    ///
    /// # Panics
    ///
    /// When `index` is not the start of a character, or the end.
    pub fn insert(&mut self, index: usize, character: char) {
        self.insert_str(index, character.encode_utf8(&mut [0; 4]));
    }

    /// [`insert`](Self::insert), but returns an error where memory cannot be had.
    ///
    /// # Errors
    ///
    /// When memory cannot be had: nothing was inserted then.
    ///
    /// # Panics
    ///
    /// As [`insert`](Self::insert).
    pub fn try_insert(&mut self, index: usize, character: char) -> Result<(), AllocError> {
        self.try_insert_str(index, character.encode_utf8(&mut [0; 4]))
    }

    /// Inserts a string at a byte.
    ///
    /// # Panics
    ///
    /// When `index` is not the start of a character, or the end.
    ///
    /// # Examples
    ///
    /// ```
    /// # use blink_alloc::{Blink, BlinkString};
    /// let blink = Blink::new();
    /// let mut text = BlinkString::from_str_in("to be", &blink);
    /// text.insert_str(3, "not ");
    /// assert_eq!(text, "to not be");
    /// ```
    pub fn insert_str(&mut self, index: usize, string: &str) {
        let _is_boundary = &self[index..];
        self.push_str(string);
        self.bytes[index..].rotate_right(string.len());
    }

    /// [`insert_str`](Self::insert_str), but returns an error where memory cannot be had.
    ///
    /// # Errors
    ///
    /// When memory cannot be had: nothing was inserted then.
    ///
    /// # Panics
    ///
    /// As [`insert_str`](Self::insert_str).
    pub fn try_insert_str(&mut self, index: usize, string: &str) -> Result<(), AllocError> {
        let _is_boundary = &self[index..];
        self.try_push_str(string)?;
        self.bytes[index..].rotate_right(string.len());
        Ok(())
    }

    /// Removes the last character, and returns it.
    pub fn pop(&mut self) -> Option<char> {
        let last = self.chars().next_back()?;
        let rest = self.len() - last.len_utf8();
        self.bytes.truncate(rest);
        Some(last)
    }

    /// Removes the character at a byte, and returns it.
    ///
    /// # Panics
    ///
    /// When no character starts at `index`.
    pub fn remove(&mut self, index: usize) -> char {
        let character = self[index..].chars().next();
        let character = character.expect("a character to remove, not the end of the string");
        self.bytes.drain(index..index + character.len_utf8());
        character
    }

    /// Removes what is behind the first `len` bytes. Without effect if there are not more.
    ///
    /// # Panics
    ///
    /// When `len` is in the middle of a character.
    pub fn truncate(&mut self, len: usize) {
        if len < self.len() {
            let _is_boundary = &self[len..];
            self.bytes.truncate(len);
        }
    }

    /// Removes everything, and keeps the room.
    pub fn clear(&mut self) {
        self.bytes.clear();
    }

    /// Keeps the characters for which `keep` says so.
    ///
    /// # Panics
    ///
    /// When `keep` does. The characters it was not asked about are there still.
    ///
    /// # Examples
    ///
    /// ```
    /// # use blink_alloc::{Blink, BlinkString};
    /// let blink = Blink::new();
    /// let mut text = BlinkString::from_str_in("f-o-o", &blink);
    /// text.retain(|character| character != '-');
    /// assert_eq!(text, "foo");
    /// ```
    pub fn retain(&mut self, mut keep: impl FnMut(char) -> bool) {
        /// Closes the gap in the end, so that the bytes are UTF-8 again if `keep` panics.
        struct Gap<'s, H: Allocator> {
            bytes: &'s mut Vec<u8, H>,
            gap: Range<usize>,
        }

        impl<H: Allocator> Drop for Gap<'_, H> {
            fn drop(&mut self) {
                self.bytes.drain(self.gap.clone());
            }
        }

        let bytes = &mut *self.bytes;
        let mut seen = Gap { bytes, gap: 0..0 };
        loop {
            let at = seen.gap.end;
            // SAFETY: the bytes behind the gap are as they were, from a character's start on.
            let rest = unsafe { str::from_utf8_unchecked(&seen.bytes[at..]) };
            let Some(character) = rest.chars().next() else {
                break;
            };
            let len = character.len_utf8();
            if keep(character) {
                seen.bytes.copy_within(at..at + len, seen.gap.start);
                seen.gap.start += len;
            }
            seen.gap.end += len;
        }
    }

    /// Removes a range of bytes, and returns its characters.
    ///
    /// They are removed when the iterator is dropped. If it is forgotten, so is what is behind
    /// them.
    ///
    /// # Panics
    ///
    /// When the range does not begin and end between characters.
    ///
    /// # Examples
    ///
    /// ```
    /// # use blink_alloc::{Blink, BlinkString};
    /// let blink = Blink::new();
    /// let mut text = BlinkString::from_str_in("to be or not", &blink);
    /// let removed = BlinkString::from_iter_in(text.drain(..6), &blink);
    /// assert_eq!((&*removed, &*text), ("to be ", "or not"));
    /// ```
    pub fn drain(&mut self, range: impl RangeBounds<usize>) -> DrainChars<'_, H> {
        let range = self.range(range);
        DrainChars::new(self.bytes.drain(range))
    }

    /// Replaces a range of bytes by a string.
    ///
    /// # Panics
    ///
    /// When the range does not begin and end between characters.
    ///
    /// # Examples
    ///
    /// ```
    /// # use blink_alloc::{Blink, BlinkString};
    /// let blink = Blink::new();
    /// let mut text = BlinkString::from_str_in("to be or not", &blink);
    /// text.replace_range(3..5, "have");
    /// assert_eq!(text, "to have or not");
    /// ```
    pub fn replace_range(&mut self, range: impl RangeBounds<usize>, string: &str) {
        let range = self.range(range);
        // First, so that nothing fails halfway.
        self.reserve(string.len().saturating_sub(range.len()));
        self.bytes.splice(range, string.bytes());
    }

    /// [`replace_range`](Self::replace_range), but returns an error where memory cannot be had.
    ///
    /// # Errors
    ///
    /// When memory cannot be had: nothing was replaced then.
    ///
    /// # Panics
    ///
    /// As [`replace_range`](Self::replace_range).
    pub fn try_replace_range(
        &mut self,
        range: impl RangeBounds<usize>,
        string: &str,
    ) -> Result<(), AllocError> {
        let range = self.range(range);
        self.try_reserve(string.len().saturating_sub(range.len()))?;
        self.bytes.splice(range, string.bytes());
        Ok(())
    }

    /// Splits the string at a byte: keeps what is before it, and returns the rest.
    ///
    /// # Panics
    ///
    /// When `index` is not the start of a character, or the end.
    pub fn split_off(&mut self, index: usize) -> Self
    where
        H: Clone,
    {
        let _is_boundary = &self[index..];
        let bytes = self.bytes.split_off(index).into();
        Self { bytes }
    }

    /// The bytes.
    #[inline(always)]
    pub fn into_bytes(self) -> BlinkVec<u8, H> {
        self.bytes
    }

    /// The string as one of the arena. Room for more goes back.
    ///
    /// # Examples
    ///
    /// ```
    /// # use blink_alloc::Blink;
    /// # let mut blink = Blink::new();
    /// let mut frame = blink.as_frame();
    /// let mut text = frame.string();
    /// text.push_str("a text");
    /// let text: &mut str = text.into_str(); // the handle is free again
    /// frame.scope(|_| text.make_ascii_uppercase());
    /// assert_eq!(text, "A TEXT");
    /// ```
    #[inline]
    pub fn into_str<'a>(self) -> &'a mut str
    where
        H: Handle<'a>,
    {
        let bytes = self.bytes.into_slice_no_drop();
        // SAFETY: the invariant of the type.
        unsafe { str::from_utf8_unchecked_mut(bytes) }
    }

    /// A range of bytes, which begins and ends between characters.
    #[track_caller]
    fn range(&self, range: impl RangeBounds<usize>) -> Range<usize> {
        let bounds: (Bound<usize>, Bound<usize>) =
            (range.start_bound().cloned(), range.end_bound().cloned());
        let part = self.as_bytes()[bounds].len();
        let start = match bounds.0 {
            Bound::Included(start) => start,
            Bound::Excluded(before) => before + 1,
            Bound::Unbounded => 0,
        };
        let _are_boundaries = &self[start..start + part];
        start..start + part
    }
}

impl<H: Allocator> Deref for BlinkString<H> {
    type Target = str;

    #[inline(always)]
    fn deref(&self) -> &str {
        // SAFETY: the invariant of the type.
        unsafe { str::from_utf8_unchecked(&self.bytes) }
    }
}

impl<H: Allocator> DerefMut for BlinkString<H> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut str {
        // SAFETY: the invariant of the type.
        unsafe { str::from_utf8_unchecked_mut(&mut self.bytes) }
    }
}
