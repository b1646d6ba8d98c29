//! There are no references to the fields of packed types.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
#[repr(packed)]
struct Header {
    kind: u8,
    length: u32,
}

#[derive(BlinkClone)]
#[repr(C, packed(2))]
struct Record(u8, u64);

fn main() {}
