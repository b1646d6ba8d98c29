//! What blink-alloc's own fast paths cost, in instructions, and what the binaries that compare
//! it with peers have in common.
//!
//! [`ROWS`] lists the operations. The binary `counts` runs each under callgrind and prints
//! the table that stands in this package's README.

pub mod arenas;
pub mod chart;
mod drive;
mod entry;
mod frames;
pub mod measure;
pub mod of02;
pub mod results;
mod rows;
pub mod words;

pub use rows::{ROWS, Row};
