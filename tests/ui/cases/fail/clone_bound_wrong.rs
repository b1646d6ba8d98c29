//! Bounds that do not say enough.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
#[blink(bound(T: Clone))]
struct Pixel<T> {
    name: String,
    value: T,
}

fn main() {}
