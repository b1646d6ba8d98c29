//! The attribute is for functions.

#![allow(unused)]

use blink_alloc::blink_frame;

#[blink_frame]
macro_rules! words {
    () => {};
}

fn main() {}
