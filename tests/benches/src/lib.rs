//! What blink-alloc's own fast paths cost, in instructions, and what the binaries that compare
//! it with peers have in common.
//!
//! [`rows`](fn@rows) lists the operations. The binary `counts` runs each under callgrind and
//! prints the table that stands in this package's README. [`PEERS`] has the same operations of
//! other libraries.

pub mod arenas;
pub mod clones;
mod drive;
mod entry;
mod frames;
pub mod measure;
pub mod of02;
mod operations;
mod peers;
pub mod results;
mod rows;
pub mod words;

pub use operations::{Operation, SECTIONS, Section};
pub use peers::{PEERS, Peer};
pub use rows::{Row, rows};
