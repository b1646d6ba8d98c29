//! The attribute is for functions.

#![allow(unused)]

use blink_alloc::blink_frame;

#[blink_frame]
enum Words {
    One,
}

fn main() {}
