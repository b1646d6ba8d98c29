//! Nobody passes a frame to a test of a runtime, either.

use blink_alloc::blink_frame;

mod rt {
    pub use core::prelude::v1::test;
}

#[blink_frame]
#[rt::test]
fn answer() {
    assert_eq!(*blink.put(42), 42);
}

fn main() {}
