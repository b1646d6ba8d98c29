//! What the programs in `src/bin` share. The programs are the point: start with `json`.

pub mod base;
pub mod counting;
pub mod evaluate;
pub mod files;
pub mod graphs;
pub mod json;
pub mod measure;
pub mod parallel;
pub mod program;
pub mod queries;
mod random;
pub mod ticks;
