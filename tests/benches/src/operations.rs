//! The operations in which blink-alloc is compared with other arenas, in the order of the table.
//!
//! Here an operation has its name; what it is in a library says that library's file in `peers`.
//! Ours are the [`Row`](crate::Row)s of the same names.

use crate::drive::CALLS;

/// One operation.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// What the functions that do it are called.
    pub(crate) key: &'static str,
    /// What the table says, and our own row.
    pub name: &'static str,
    /// The same with a minimum alignment of 8.
    pub name_min_8: &'static str,
    /// How often it is done in one run.
    pub(crate) calls: u64,
}

/// Operations of one kind: a table.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// What stands above the table.
    pub title: &'static str,
    /// Its rows.
    pub operations: &'static [Operation],
}

macro_rules! sections {
    ($($title:literal { $($key:ident $name:literal $(x $calls:literal)?,)* })*) => {
        /// All operations.
        pub const SECTIONS: &[Section] = &[$(Section {
            title: $title,
            operations: &[$(Operation {
                key: stringify!($key),
                name: $name,
                name_min_8: concat!($name, ", `MIN_ALIGN` 8"),
                calls: [$($calls,)? CALLS][0],
            }),*],
        }),*];
    };
}

sections! {
    "Values" {
        put_u8 "put u8",
        put_u32 "put u32",
        put_u64 "put u64",
        put_48 "put 48-byte struct",
        put_56 "put 56-byte struct",
        try_put_u8 "try_put u8, own function",
        try_put_u32 "try_put u32, own function",
        try_put_u64 "try_put u64, own function",
        try_put_48 "try_put 48-byte struct, own function",
        try_put_56 "try_put 56-byte struct, own function",
        try_put_u8_matched "try_put u8, matched",
        try_put_u32_matched "try_put u32, matched",
        try_put_u64_matched "try_put u64, matched",
        try_put_48_matched "try_put 48-byte struct, matched",
        try_put_56_matched "try_put 56-byte struct, matched",
        uninit_u64 "uninit u64",
        with_u64 "emplace().with, u64",
    }
    "Slices" {
        copy_slice_u8 "copy_slice of 17 u8",
        copy_slice_u32 "copy_slice of 17 u32",
        copy_str "copy_str of 17 bytes",
        try_copy_slice_u8 "try_copy_slice of 17 u8",
        try_copy_slice_u32 "try_copy_slice of 17 u32",
        try_copy_str "try_copy_str of 17 bytes",
        from_iter "from_iter of 111 u64, size hint (0, None)",
        try_from_iter "try_from_iter of 111 u64, size hint (0, None)",
    }
    "Blocks of the `Allocator` trait" {
        allocate_static "allocate, static layout",
        allocate_run_time "allocate, run-time layout",
        grow_tip_static "grow at the tip, static",
        grow_tip_run_time "grow at the tip, run-time",
        grow_elsewhere_static "grow elsewhere, static",
        grow_elsewhere_run_time "grow elsewhere, run-time",
        shrink_tip_static "shrink at the tip, static",
        shrink_tip_run_time "shrink at the tip, run-time",
        shrink_elsewhere_static "shrink elsewhere, static",
        shrink_elsewhere_run_time "shrink elsewhere, run-time",
        deallocate_tip "deallocate at the tip",
        deallocate_elsewhere "deallocate elsewhere",
    }
    "Vectors of allocator-api2" {
        push_1000 "`Vec<u32>` push x1000" x 1,
        push_1000_in_turn "two `Vec<u32>`s, pushed in turn x1000" x 1,
    }
    "Whole arenas" {
        first_put "first allocation from empty",
        reset "reset of one chunk",
        frame_empty "a frame, empty",
        frame_put_u32 "a frame by `enter`, put u32",
        scope_put_u32 "a frame by `scope`, put u32",
    }
    "Values that the arena drops" {
        put_string "put `String`",
        frame_put_string "a frame by `enter`, put empty `String`",
        reset_empty_strings "reset of 1000 empty `String`s" x 1,
        reset_heap_strings "reset of 1000 heap `String`s" x 1,
    }
}

/// The operation with a key, at compile time.
pub(crate) const fn find(key: &str) -> &'static Operation {
    let mut sections = SECTIONS;
    while let [section, rest @ ..] = sections {
        let mut operations = section.operations;
        while let [operation, rest @ ..] = operations {
            if equal(operation.key.as_bytes(), key.as_bytes()) {
                return operation;
            }
            operations = rest;
        }
        sections = rest;
    }
    panic!("no operation has this key")
}

const fn equal(left: &[u8], right: &[u8]) -> bool {
    match (left, right) {
        ([], []) => true,
        ([first, left @ ..], [second, right @ ..]) => *first == *second && equal(left, right),
        _ => false,
    }
}
