//! Discs in a box: a world that lives long, and ticks that need lists for a moment.
//!
//! What is in a [`world`] is outside of the arena. What a tick finds out about it, a grid of the
//! places and a list of what touches, is in the frame of the tick. The program is
//! `src/bin/ticks.rs`.

mod grid;
pub mod world;
