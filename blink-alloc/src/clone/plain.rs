//! Types that become themselves, bit by bit.

use core::{
    alloc::Layout,
    any::TypeId,
    array::TryFromSliceError,
    char::CharTryFromError,
    cmp,
    convert::Infallible,
    fmt,
    marker::PhantomPinned,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6},
    num::{FpCategory, NonZero, TryFromIntError},
    ops::RangeFull,
    str::Utf8Error,
    sync::atomic,
    time::Duration,
};

#[cfg(feature = "std")]
use std::{
    io,
    thread::ThreadId,
    time::{Instant, SystemTime},
};

use crate::clone::{BlinkClone, CloneError, Cloner};

/// Implements the trait for types that are `Copy` and hold no reference: a slice of them is one
/// copy of bytes.
macro_rules! plain {
    ($($type:ty),* $(,)?) => {$(
        impl<'blink> BlinkClone<'blink> for $type {
            type Cloned = $type;

            #[inline(always)]
            fn blink_clone<C: Cloner<'blink>>(&self, _: &mut C) -> Result<$type, C::Error> {
                Ok(*self)
            }

            #[inline(always)]
            fn blink_clone_slice<C: Cloner<'blink>>(
                source: &[$type],
                cx: &mut C,
            ) -> Result<&'blink [$type], C::Error> {
                Ok(cx.copy_slice(source)?)
            }
        }
    )*};
}

plain!(
    (),
    bool,
    char,
    u8,
    u16,
    u32,
    u64,
    u128,
    usize,
    i8,
    i16,
    i32,
    i64,
    i128,
    isize,
    f32,
    f64,
    PhantomPinned,
    RangeFull,
);

macro_rules! non_zero {
    ($($type:ty)*) => { plain!($(NonZero<$type>),*); };
}

non_zero!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);

plain!(
    Duration,
    IpAddr,
    Ipv4Addr,
    Ipv6Addr,
    SocketAddr,
    SocketAddrV4,
    SocketAddrV6,
    FpCategory,
    Layout,
    TypeId,
    atomic::Ordering,
    cmp::Ordering,
);

// Errors, for results.
plain!(
    CharTryFromError,
    CloneError,
    Infallible,
    TryFromIntError,
    TryFromSliceError,
    Utf8Error,
    fmt::Error,
);

#[cfg(feature = "std")]
plain!(Instant, SystemTime, ThreadId, io::ErrorKind);

/// Implements the trait for pointers to functions with as many parameters, and with fewer. Types
/// such as `fn(&str)`, for every lifetime, are none of these.
macro_rules! functions {
    ($($first:ident $($rest:ident)*)?) => {
        impl<'blink, R: 'blink $(, $first: 'blink $(, $rest: 'blink)*)?> BlinkClone<'blink>
            for fn($($first $(, $rest)*)?) -> R
        {
            type Cloned = Self;

            #[inline(always)]
            fn blink_clone<Cx: Cloner<'blink>>(&self, _: &mut Cx) -> Result<Self, Cx::Error> {
                Ok(*self)
            }
        }
        $(functions!($($rest)*);)?
    };
}

functions!(A B C D E F);
