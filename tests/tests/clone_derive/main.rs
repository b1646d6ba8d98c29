//! `#[derive(BlinkClone)]`: what becomes of every kind of type, whatever it is called, wherever it
//! stands, and whatever its fields are.

mod attributes;
mod failures;
mod families;
mod forms;
mod generics;
mod hygiene;
mod macros;
mod random_graphs;
mod random_trees;
mod recursion;
mod twins;

use std::{
    cell::{Cell, RefCell},
    marker::PhantomData,
    rc::{Rc, Weak},
    sync::Arc,
};

use blink_alloc::{Blink, BlinkClone, BlinkWeak, CloneError, Cloner, SendBlink, SyncBlink};

/// Copies a value, drops it, and overwrites free memory of the heap and of the arena, where a copy
/// that points elsewhere would look.
fn moved<'b, T: BlinkClone<'b>>(blink: &'b Blink, value: T) -> T::Cloned {
    let copy = blink.clone_in(&value);
    drop(value);
    for size in [8, 16, 32, 64, 128] {
        drop(vec![0xee_u8; size]);
        blink.fill(size, 0xdd_u8);
    }
    copy
}

/// Says that two types are one.
fn is<T>(value: T) -> T {
    value
}

/// The strings, owned.
fn strings<const N: usize>(words: [&str; N]) -> Vec<String> {
    words.map(String::from).to_vec()
}
