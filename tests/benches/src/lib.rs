//! What blink-alloc's own fast paths cost, in instructions, and what its binaries that take
//! times have in common.
//!
//! [`ROWS`] lists the operations. The binary `counts` runs each under callgrind and prints
//! the table that stands in this package's README.

mod drive;
mod entry;
mod frames;
pub mod measure;
mod rows;

pub use rows::{ROWS, Row};
