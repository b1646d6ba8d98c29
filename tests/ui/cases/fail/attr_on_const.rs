//! The attribute is for functions.

#![allow(unused)]

use blink_alloc::blink_frame;

#[blink_frame]
const WORDS: u32 = 1;

fn main() {}
