//! The libraries that blink-alloc is compared with, and what an operation is in each.
//!
//! One file a library. The macro `peer` makes a row of each function: the function is counted,
//! and its name says which of the `operations` it does. What has no function is a dash in the
//! table. A function is called with a warm arena and with a value that the compiler does not
//! know, as those of `entry` are. What is the same text for all libraries is in `values`,
//! `blocks` and `first`.

use core::{alloc::Layout, hint::black_box, iter};

use crate::{
    entry::{Bytes48, Bytes56, SMALL},
    rows::Row,
};

use states::Warm;

/// What is put into an arena.
pub(crate) trait Sample: Clone {
    fn sample() -> Self;
}

macro_rules! samples {
    ($($type:ty: $value:expr,)*) => {$(
        impl Sample for $type {
            fn sample() -> Self { $value }
        }
    )*};
}

samples! {
    (): (),
    u8: 1,
    u32: 1,
    u64: 1,
    Bytes48: [1; 6],
    Bytes56: [1; 7],
    String: String::new(),
    &'static u64: &1,
    &'static [u8]: &[1; 17],
    &'static [u32]: &[1; 17],
    &'static str: "seventeen letters",
    Length: Length(111),
    Layout: SMALL,
}

impl<T: Sample> Sample for (T,) {
    fn sample() -> Self {
        (T::sample(),)
    }
}

/// How many numbers an iterator has, which it does not say.
#[derive(Clone, Copy)]
pub(crate) struct Length(u64);

impl Length {
    /// That many numbers.
    #[inline(always)]
    fn numbers(self) -> impl Iterator<Item = u64> {
        let mut next = 0;
        iter::from_fn(move || {
            next += 1;
            (next <= self.0).then_some(next)
        })
    }
}

/// Does an operation with one arena.
fn drive<S: Warm, T: Sample>(calls: u64, call: impl Fn(&mut S, T)) {
    let mut state = S::warm();
    let value = T::sample();
    for _ in 0..calls {
        call(black_box(&mut state), black_box(value.clone()));
    }
}

/// A row: an operation, the field that has its name, the function that does it, and how that
/// is called.
macro_rules! row {
    ($name:ident, $operation:expr, $symbol:expr, $run:expr) => {{
        const OPERATION: &crate::operations::Operation = crate::operations::find($operation);
        crate::rows::Row {
            calls: OPERATION.calls,
            ..crate::rows::Row::new(OPERATION.$name, $symbol, $run)
        }
    }};
}

/// Functions that are counted, grouped by the arena that they take, and `ROWS`.
macro_rules! peer {
    ($prefix:literal, $name:ident; $($state:ty {
        $(fn $operation:ident $(<$life:lifetime>)? (
            $arena:ident: $type:ty $(, $value:ident: $of:ty)?
        ) $(-> $out:ty)? $body:block)*
    })*) => {
        mod entries {
            use super::*;
            $($(
                #[inline(never)]
                #[unsafe(export_name = concat!($prefix, "_", stringify!($operation)))]
                pub(super) fn $operation $(<$life>)? ($arena: $type $(, $value: $of)?)
                    $(-> $out)? $body
            )*)*
        }

        /// What is counted here.
        pub(crate) const ROWS: &[crate::rows::Row] = &[$($(row!(
            $name,
            stringify!($operation),
            concat!($prefix, "_", stringify!($operation)),
            || crate::peers::drive::<$state, _>(
                crate::operations::find(stringify!($operation)).calls,
                |arena, ($($value,)?)| {
                    // A call that is known to do nothing would be left out.
                    let call: $(for<$life>)? fn($type $(, $of)?) $(-> $out)? =
                        entries::$operation;
                    let call = ::core::hint::black_box(call);
                    _ = ::core::hint::black_box(call(arena $(, $value)?));
                },
            )
        )),*),*];
    };
}

#[macro_use]
mod blocks;
#[macro_use]
mod first;
#[macro_use]
mod values;

mod blink_04;
mod bump_scope;
mod bumpalo;
mod ours;
mod scoped_arena;
mod states;
mod stumpalo;
mod typed_arena;
mod typed_vec;

/// A library.
#[derive(Clone, Copy, Debug)]
pub struct Peer {
    /// What the table says.
    pub name: &'static str,
    /// Its package, and how its version begins where there are others.
    pub package: &'static str,
    /// What it has.
    pub rows: &'static [&'static [Row]],
    /// What it has with a minimum alignment of 8.
    pub rows_min_8: &'static [&'static [Row]],
    /// Operations at the tip that are like those elsewhere: the block moves, or keeps its room.
    pub idle: &'static [&'static str],
}

/// The rows of an arena that has all of them.
macro_rules! all {
    ($($module:ident)::* $(, $more:path)?) => {
        &[
            $($module)::*::ROWS,
            $($module)::*::first::ROWS,
            $($module)::*::values::ROWS,
            $($module)::*::slices::ROWS,
            $($module)::*::blocks::ROWS,
            $($module)::*::blocks::RESIZED,
            $($module)::*::deallocations::ROWS,
            $($more)?
        ]
    };
}

/// All libraries, in the order of the table.
pub const PEERS: &[Peer] = &[
    Peer {
        name: "bumpalo",
        package: "bumpalo",
        rows: all!(bumpalo::min_1, bumpalo::items::ROWS),
        rows_min_8: all!(bumpalo::min_8),
        idle: &[
            "shrink at the tip, static, `MIN_ALIGN` 8",
            "shrink at the tip, run-time, `MIN_ALIGN` 8",
        ],
    },
    Peer {
        name: "bump-scope, up",
        package: "bump-scope",
        rows: all!(bump_scope::up),
        rows_min_8: all!(bump_scope::up_8),
        idle: &[
            "grow at the tip, static, `MIN_ALIGN` 8",
            "grow at the tip, run-time, `MIN_ALIGN` 8",
            "deallocate at the tip, `MIN_ALIGN` 8",
        ],
    },
    Peer {
        name: "bump-scope, down",
        package: "bump-scope",
        rows: all!(bump_scope::down),
        rows_min_8: all!(bump_scope::down_8),
        idle: &[],
    },
    Peer {
        name: "stumpalo",
        package: "stumpalo",
        rows: &[
            stumpalo::ROWS,
            stumpalo::first::ROWS,
            stumpalo::values::ROWS,
            stumpalo::slices::ROWS,
            stumpalo::blocks::ROWS,
            stumpalo::blocks::RESIZED,
        ],
        rows_min_8: &[],
        idle: &[
            "grow at the tip, static",
            "grow at the tip, run-time",
            "shrink at the tip, static",
            "shrink at the tip, run-time",
        ],
    },
    Peer {
        name: "blink-alloc 0.4",
        package: "blink-alloc 0.4",
        rows: all!(blink_04),
        rows_min_8: &[],
        idle: &[
            "shrink at the tip, static",
            "shrink at the tip, run-time",
            "deallocate at the tip",
        ],
    },
    Peer {
        name: "typed-arena",
        package: "typed-arena",
        rows: &[typed_arena::ROWS, typed_arena::first::ROWS],
        rows_min_8: &[],
        idle: &[],
    },
    Peer {
        name: "scoped-arena",
        package: "scoped-arena",
        rows: &[
            scoped_arena::ROWS,
            scoped_arena::first::ROWS,
            scoped_arena::values::ROWS,
        ],
        rows_min_8: &[],
        idle: &[],
    },
    Peer {
        name: "a typed `Vec`",
        package: "std",
        rows: &[typed_vec::ROWS],
        rows_min_8: &[],
        idle: &[],
    },
];

/// Our own rows with a minimum alignment of 8, without those of `rows`.
pub(crate) const OURS_MIN_8: &[&[Row]] = all!(ours);
