//! The attribute is for functions.

#![allow(unused)]

use blink_alloc::blink_frame;

#[blink_frame]
static WORDS: u32 = 1;

fn main() {}
