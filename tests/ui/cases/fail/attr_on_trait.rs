//! The attribute is for functions.

#![allow(unused)]

use blink_alloc::blink_frame;

#[blink_frame]
trait Words {
    fn count(&self);
}

fn main() {}
