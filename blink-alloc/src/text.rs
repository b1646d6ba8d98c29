//! Text on its way into an arena: formatted, or copied as the string that it is.
//!
//! What formats itself is the user's code: it may use the arena meanwhile, or panic. The text so
//! far is in a block of its own, as the items of `items` are.

#[cfg(feature = "std")]
use std::{ffi::OsStr, path::Path};

use core::{
    ffi::CStr,
    fmt::{self, Write},
};

use crate::{
    api::BlinkAllocator,
    drop_list::Head,
    error::{Failure, Mode},
    items::Items,
    place::Home,
};

impl<'a, A: BlinkAllocator, H: Head> Home<'a, A, H> {
    /// Copies a string.
    #[inline(always)]
    pub(crate) fn copy_str<M: Mode>(self, string: &str) -> Result<&'a mut str, M::Refused> {
        let bytes = self.copy_slice::<u8, M>(string.as_bytes())?;
        // SAFETY: a copy of the bytes of a `str`.
        Ok(unsafe { core::str::from_utf8_unchecked_mut(bytes) })
    }

    /// Copies a C string, its nul too.
    #[inline]
    pub(crate) fn copy_c_str<M: Mode>(self, string: &CStr) -> Result<&'a CStr, M::Refused> {
        let bytes = self.copy_slice::<u8, M>(string.to_bytes_with_nul())?;
        // SAFETY: a copy of the bytes of a `CStr`.
        Ok(unsafe { CStr::from_bytes_with_nul_unchecked(bytes) })
    }

    /// Copies a string of the operating system.
    #[cfg(feature = "std")]
    #[inline]
    pub(crate) fn copy_os_str<M: Mode>(self, string: &OsStr) -> Result<&'a OsStr, M::Refused> {
        let bytes = self.copy_slice::<u8, M>(string.as_encoded_bytes())?;
        // SAFETY: a copy of the bytes of an `OsStr` of this build.
        Ok(unsafe { OsStr::from_encoded_bytes_unchecked(bytes) })
    }

    /// Copies a path.
    #[cfg(feature = "std")]
    #[inline]
    pub(crate) fn copy_path<M: Mode>(self, path: &Path) -> Result<&'a Path, M::Refused> {
        self.copy_os_str::<M>(path.as_os_str()).map(Path::new)
    }

    /// Writes out what was formatted.
    #[track_caller]
    pub(crate) fn format<M: Mode>(
        self,
        arguments: fmt::Arguments<'_>,
    ) -> Result<&'a mut str, M::Refused> {
        if let Some(text) = arguments.as_str() {
            return self.copy_str::<M>(text);
        }
        let mut text = Text::new(self);
        let written = text.write_fmt(arguments);
        match text.failure {
            Some(failure) => Err(M::refuse(failure)),
            None if written.is_err() => no_reason(),
            None => Ok(text.finish()),
        }
    }
}

/// A text that is being written.
struct Text<'a, A: BlinkAllocator, H: Head> {
    /// Invariant: the bytes of a `str`.
    bytes: Items<'a, u8, A, H>,
    /// Where the cursor was before.
    tip: usize,
    /// What has ended the text: also when whoever writes goes on.
    failure: Option<Failure>,
}

impl<'a, A: BlinkAllocator, H: Head> Text<'a, A, H> {
    fn new(home: Home<'a, A, H>) -> Self {
        Self {
            bytes: Items::new(home, false),
            tip: home.alloc.tip(),
            failure: None,
        }
    }

    fn finish(self) -> &'a mut str {
        let bytes = self.bytes.finish();
        // SAFETY: the invariant of `bytes`.
        unsafe { core::str::from_utf8_unchecked_mut(bytes) }
    }
}

impl<A: BlinkAllocator, H: Head> Write for Text<'_, A, H> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.failure.is_none() {
            self.failure = self.bytes.copy(text.as_bytes(), self.tip).err();
        }
        self.failure.map_or(Ok(()), |_| Err(fmt::Error))
    }
}

/// As `format!`: only whoever is written to may fail.
#[cold]
#[track_caller]
fn no_reason() -> ! {
    panic!("a formatting trait implementation returned an error when the arena did not")
}
