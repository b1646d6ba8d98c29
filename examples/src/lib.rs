//! What the programs in `src/bin` share. The programs are the point: start with
//! `frequencies`.

pub mod counting;
pub mod measure;
