//! The items of an `OwnedSlice` are moved out behind its back, which a collection has to know.

use blink_alloc::OwnedSlice;

struct Mine;

impl OwnedSlice for Mine {
    type Item = u8;
}

fn main() {}
