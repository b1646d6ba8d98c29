//! Fork and join: several threads parse files into one shared arena, and the thread that has
//! started them uses the documents when they have ended.
//!
//! A [`team`] does it, in one of two ways; what is to be done is in its `queue`. The program is
//! `src/bin/parallel.rs`.

mod queue;
pub mod team;
