//! Documents as a program has them, in types that own what they consist of, and their copies in
//! an arena.
//!
//! [`catalogue`], [`timeline`] and [`json`] are the types: they derive `BlinkClone`, and nothing
//! in them was written for an arena. [`document`] is one of the three, read from a file.
//! [`questions`] are asked of both forms by the same code, [`walk`] visits all values of them,
//! and [`compare`] takes times and counts calls. [`report`] is what is printed. The program is
//! `src/bin/graphs.rs`.

pub mod catalogue;
pub mod compare;
pub mod document;
pub mod json;
pub mod questions;
pub mod report;
pub mod timeline;
pub mod walk;
