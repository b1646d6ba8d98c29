//! Strings: those of Rust, of C and of the operating system.

use core::ffi::CStr;

use crate::clone::{BlinkClone, BlinkCloneRef, Cloner};

#[cfg(feature = "alloc")]
use {
    crate::string::BlinkString,
    alloc::{ffi::CString, string::String},
    allocator_api2::alloc::Allocator,
};

#[cfg(feature = "std")]
use std::{
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
};

/// Implements the traits for an unsized string: itself, by reference.
macro_rules! unsized_string {
    ($type:ty, $copy:expr) => {
        impl<'blink> BlinkCloneRef<'blink> for $type {
            type Target = $type;

            #[inline]
            fn blink_clone_ref<C: Cloner<'blink>>(
                &self,
                cx: &mut C,
            ) -> Result<&'blink $type, C::Error> {
                let copy: fn(&$type, &mut C) -> Result<&'blink $type, C::Error> = $copy;
                copy(self, cx)
            }
        }

        impl<'blink> BlinkClone<'blink> for $type {
            type Cloned = &'blink $type;

            #[inline]
            fn blink_clone<C: Cloner<'blink>>(
                &self,
                cx: &mut C,
            ) -> Result<&'blink $type, C::Error> {
                self.blink_clone_ref(cx)
            }
        }
    };
}

/// Implements the trait for an owned string: what it derefs to.
#[cfg(feature = "alloc")]
macro_rules! owned_string {
    ($owned:ty $(where $parameter:ident: $bound:ident)?, $type:ty) => {
        impl<'blink $(, $parameter: $bound)?> BlinkClone<'blink> for $owned {
            type Cloned = &'blink $type;

            #[inline]
            fn blink_clone<C: Cloner<'blink>>(
                &self,
                cx: &mut C,
            ) -> Result<&'blink $type, C::Error> {
                <$type>::blink_clone_ref(self, cx)
            }
        }
    };
}

unsized_string!(str, |string, cx| Ok(cx.str(string)?));
#[cfg(feature = "alloc")]
owned_string!(String, str);
#[cfg(feature = "alloc")]
owned_string!(BlinkString<H> where H: Allocator, str);

unsized_string!(CStr, |string, cx| {
    let bytes = cx.copy_slice(string.to_bytes_with_nul())?;
    // Looks for the nul once more, which is cheap.
    Ok(CStr::from_bytes_with_nul(bytes).expect("copied to its nul"))
});
#[cfg(feature = "alloc")]
owned_string!(CString, CStr);

#[cfg(feature = "std")]
unsized_string!(OsStr, |string, cx| {
    let bytes = cx.copy_slice(string.as_encoded_bytes())?;
    // SAFETY: a copy of the bytes of an `OsStr` of this build.
    Ok(unsafe { OsStr::from_encoded_bytes_unchecked(bytes) })
});
#[cfg(feature = "std")]
owned_string!(OsString, OsStr);

#[cfg(feature = "std")]
unsized_string!(Path, |path, cx| {
    Ok(Path::new(path.as_os_str().blink_clone_ref(cx)?))
});
#[cfg(feature = "std")]
owned_string!(PathBuf, Path);
