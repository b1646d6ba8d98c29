//! Nobody passes a frame to a test.

use blink_alloc::blink_frame;

#[blink_frame]
#[test]
fn answer() {
    assert_eq!(*blink.put(42), 42);
}

fn main() {}
