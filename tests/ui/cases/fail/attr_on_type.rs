//! The attribute is for functions.

#![allow(unused)]

use blink_alloc::blink_frame;

#[blink_frame]
type Words = u32;

fn main() {}
