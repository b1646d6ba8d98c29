//! JSON documents in an arena: a parse fills a frame, and the end of the frame frees it.
//!
//! Start with [`value`], what a document is, and [`parse`], how it gets into the arena. The
//! program is in `src/bin/json`.

pub mod arenas;
mod checksum;
pub mod compare;
pub mod cost;
mod cursor;
mod display;
pub mod equal;
pub mod error;
pub mod lines;
mod number;
pub mod parse;
pub mod path;
pub mod statistics;
mod text;
pub mod value;
