//! JSON documents in an arena: one parse fills it, one reset frees it.
//!
//! Start with [`value`], what a document is, and [`parse`], how it gets into the arena. The
//! program is `src/bin/json.rs`.

pub mod arenas;
mod checksum;
pub mod compare;
mod cursor;
mod display;
pub mod equal;
pub mod error;
mod number;
pub mod parse;
pub mod path;
pub mod statistics;
mod text;
pub mod value;
