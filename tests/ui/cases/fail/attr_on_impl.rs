//! The attribute is for functions.

#![allow(unused)]

use blink_alloc::blink_frame;

struct Words;

#[blink_frame]
impl Words {
    fn count(&self) {}
}

fn main() {}
