//! A service that finds the nearest of many vectors: tasks that come and go, on threads that
//! borrow a warm arena for each.
//!
//! The [`arenas`] are those of the whole program. A [`request`] is a text; what it asks for is
//! found in [`vectors`] by `search`; and [`service`] has the threads. The program is
//! `src/bin/queries.rs`.

pub mod arenas;
pub mod request;
mod search;
pub mod service;
pub mod vectors;
