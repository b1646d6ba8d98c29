//! The attribute is for functions.

#![allow(unused)]

use blink_alloc::blink_frame;

#[blink_frame]
union Words {
    one: u8,
}

fn main() {}
