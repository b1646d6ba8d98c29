//! Expressions, and functions of them: an arena that calls leave no trace in.
//!
//! ```text
//! let f(x) = x * (x + 1); f(3) + sum(1, 2, 3)
//! ```
//!
//! Start with [`session`], which runs such a text: definitions go into the frame of the session,
//! an expression into one of its own. `call` has the frame of a call. The program is
//! `src/bin/evaluate.rs`.

mod builtin;
mod call;
pub mod error;
mod parser;
pub mod session;
pub mod stack;
mod syntax;
mod tokens;
