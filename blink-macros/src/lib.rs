//! Procedural macros of `blink-alloc`.
//!
//! Do not depend on this crate directly: `blink-alloc` re-exports what is here
//! under its feature `macros`. There is nothing to re-export yet.
