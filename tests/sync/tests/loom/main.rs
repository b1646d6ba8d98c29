//! Models of the shared arena: two threads with two or three operations each, run by loom
//! through their interleavings. `tests/checks/loom` runs them; `BLINK_LOOM_BOUND` is how often
//! a thread may be preempted.
//!
//! Loom knows the order that atomics make, and sees a use of memory that is not ordered: the
//! base allocator of `memory` has a cell of loom for every unit. `model` runs what a model is
//! written in, and each other file is the models of one promise.

#![cfg(blink_loom)]

mod cache;
mod chunks;
mod leases;
mod memory;
mod model;
mod pairs;
mod refused;
mod reserved;
mod tip;
mod values;
