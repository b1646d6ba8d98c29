//! What the programs in `src/bin` share. The programs are the point: start with `json`.

pub mod counting;
pub mod evaluate;
pub mod json;
pub mod measure;
pub mod ticks;
