//! Putting strings in.

use core::{ffi::CStr, fmt};

#[cfg(feature = "std")]
use std::{ffi::OsStr, path::Path};

use allocator_api2::alloc::AllocError;

#[cfg(feature = "alloc")]
use crate::string::BlinkString;
use crate::{
    error::{Panics, Returns, infallible},
    methods::both,
};

/// The methods, for [`both`].
macro_rules! text {
    ($a:lifetime, $setup:literal, $refusing:literal) => {
        /// Copies a string into the arena.
        ///
        /// # Examples
        ///
        /// ```
        #[doc = $setup]
        /// let shout = blink.copy_str("hello");
        /// shout.make_ascii_uppercase();
        /// assert_eq!(shout, "HELLO");
        /// ```
        #[inline(always)]
        pub fn copy_str(&self, string: &str) -> &$a mut str {
            infallible(self.home().copy_str::<Panics>(string))
        }

        /// [`copy_str`](Self::copy_str), or `None` where memory cannot be had.
        #[inline(always)]
        pub fn try_copy_str(&self, string: &str) -> Option<&$a mut str> {
            self.home().copy_str::<Returns>(string).ok()
        }

        /// Writes formatted text into the arena, as `format!` does into a `String`. The macro
        /// [`blink_format!`](crate::blink_format) is shorter.
        ///
        /// What is formatted may use the arena meanwhile. Text that grows in place is not copied;
        /// what the arena gave ahead of it goes back at the end.
        ///
        /// # Panics
        ///
        /// When an implementation of a formatting trait does, or returns an error of its own.
        ///
        /// # Examples
        ///
        /// ```
        #[doc = $setup]
        /// let text = blink.format(format_args!("{} + {} = {}", 1, 2, 1 + 2));
        /// assert_eq!(text, "1 + 2 = 3");
        /// ```
        #[inline]
        #[track_caller]
        pub fn format(&self, arguments: fmt::Arguments<'_>) -> &$a mut str {
            infallible(self.home().format::<Panics>(arguments))
        }

        /// [`format`](Self::format), but returns an error where memory cannot be had.
        ///
        /// # Errors
        ///
        /// When memory cannot be had. What was written so far goes back.
        ///
        /// # Panics
        ///
        /// As [`format`](Self::format).
        ///
        /// # Examples
        ///
        /// ```
        #[doc = $refusing]
        /// assert!(blink.try_format(format_args!("{}", 42)).is_err());
        /// ```
        #[inline]
        #[track_caller]
        pub fn try_format(&self, arguments: fmt::Arguments<'_>) -> Result<&$a mut str, AllocError> {
            let text = self.home().format::<Returns>(arguments);
            text.map_err(|()| AllocError)
        }

        /// An empty string that grows in the arena. The same as `BlinkString::new_in`, with the
        /// adaptor or frame by reference.
        ///
        /// # Examples
        ///
        /// ```
        #[doc = $setup]
        /// let mut text = blink.string();
        /// text.extend(["to", " ", "be"]);
        /// let text: &mut str = text.into_str();
        /// assert_eq!(text, "to be");
        /// ```
        #[cfg(feature = "alloc")]
        #[inline(always)]
        pub fn string(&self) -> BlinkString<&Self> {
            BlinkString::new_in(self)
        }

        /// Copies a C string into the arena, its nul too.
        ///
        /// # Examples
        ///
        /// ```
        #[doc = $setup]
        /// let name = blink.copy_c_str(c"name");
        /// assert_eq!(name.to_bytes_with_nul(), b"name\0");
        /// ```
        #[inline]
        pub fn copy_c_str(&self, string: &CStr) -> &$a CStr {
            infallible(self.home().copy_c_str::<Panics>(string))
        }

        /// [`copy_c_str`](Self::copy_c_str), but returns an error where memory cannot be had.
        ///
        /// # Errors
        ///
        /// When memory cannot be had.
        #[inline]
        pub fn try_copy_c_str(&self, string: &CStr) -> Result<&$a CStr, AllocError> {
            let copy = self.home().copy_c_str::<Returns>(string);
            copy.map_err(|()| AllocError)
        }

        /// Copies a string of the operating system into the arena, or what can be seen as one: a
        /// `str`, for instance.
        ///
        /// # Examples
        ///
        /// ```
        #[doc = $setup]
        /// let argument = blink.copy_os_str("--all");
        /// assert_eq!(argument, "--all");
        /// ```
        #[cfg(feature = "std")]
        #[inline]
        pub fn copy_os_str(&self, string: impl AsRef<OsStr>) -> &$a OsStr {
            infallible(self.home().copy_os_str::<Panics>(string.as_ref()))
        }

        /// [`copy_os_str`](Self::copy_os_str), but returns an error where memory cannot be had.
        ///
        /// # Errors
        ///
        /// When memory cannot be had.
        #[cfg(feature = "std")]
        #[inline]
        pub fn try_copy_os_str(&self, string: impl AsRef<OsStr>) -> Result<&$a OsStr, AllocError> {
            let copy = self.home().copy_os_str::<Returns>(string.as_ref());
            copy.map_err(|()| AllocError)
        }

        /// Copies a path into the arena, or what can be seen as one.
        ///
        /// # Examples
        ///
        /// ```
        #[doc = $setup]
        /// let path = blink.copy_path("src/lib.rs");
        /// assert_eq!(path.extension().unwrap(), "rs");
        /// ```
        #[cfg(feature = "std")]
        #[inline]
        pub fn copy_path(&self, path: impl AsRef<Path>) -> &$a Path {
            infallible(self.home().copy_path::<Panics>(path.as_ref()))
        }

        /// [`copy_path`](Self::copy_path), but returns an error where memory cannot be had.
        ///
        /// # Errors
        ///
        /// When memory cannot be had.
        #[cfg(feature = "std")]
        #[inline]
        pub fn try_copy_path(&self, path: impl AsRef<Path>) -> Result<&$a Path, AllocError> {
            let copy = self.home().copy_path::<Returns>(path.as_ref());
            copy.map_err(|()| AllocError)
        }
    };
}

both!(text);
