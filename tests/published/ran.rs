//! The published programs run, and it is their real `main` that does.
//!
//! Without the feature `alloc` two of them have an empty one, which exits with 0 as well. The
//! real ones allocate, the empty ones do not.

#![cfg_attr(feature = "nightly", feature(allocator_api))]

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
    process::Command,
};

#[allow(unused_imports, reason = "without `alloc` nothing is left to use them")]
mod blink {
    include!(concat!(env!("OUT_DIR"), "/blink.rs"));
}

#[allow(unused_imports, reason = "without `alloc` nothing is left to use them")]
mod collections {
    include!(concat!(env!("OUT_DIR"), "/collections.rs"));
}

mod builders {
    include!(concat!(env!("OUT_DIR"), "/builders.rs"));
}

mod iterators {
    include!(concat!(env!("OUT_DIR"), "/iterators.rs"));
}

mod send {
    include!(concat!(env!("OUT_DIR"), "/send.rs"));
}

mod sync {
    include!(concat!(env!("OUT_DIR"), "/sync.rs"));
}

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

/// Counts the allocations of each thread.
struct Counting;

// SAFETY: it is the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static GLOBAL: Counting = Counting;

/// How often a program allocates.
fn allocations(run: fn()) -> usize {
    let before = ALLOCATIONS.get();
    run();
    ALLOCATIONS.get() - before
}

/// Whether the programs have a body.
const REAL: bool = cfg!(feature = "alloc");

#[test]
fn blink_runs() {
    assert_eq!(allocations(blink::run) > 0, REAL);
}

#[test]
fn collections_runs() {
    assert_eq!(allocations(collections::run) > 0, REAL);
}

#[test]
fn builders_runs() {
    assert_ne!(allocations(builders::run), 0);
}

#[test]
fn iterators_runs() {
    assert_ne!(allocations(iterators::run), 0);
}

#[test]
fn send_runs() {
    assert_ne!(allocations(send::run), 0);
}

#[test]
fn sync_runs() {
    assert_ne!(allocations(sync::run), 0);
}

/// The path of a binary of this package.
macro_rules! binary {
    ($name:literal) => {
        env!(concat!("CARGO_BIN_EXE_", env!("CARGO_PKG_NAME"), $name))
    };
}

#[test]
fn binaries_exit_with_success() {
    let binaries = [
        binary!("-blink"),
        binary!("-collections"),
        binary!("-builders"),
        binary!("-iterators"),
        binary!("-send"),
        binary!("-sync"),
    ];
    for binary in binaries {
        let status = Command::new(binary).status().unwrap();
        assert!(status.success(), "{binary}: {status}");
    }
}
