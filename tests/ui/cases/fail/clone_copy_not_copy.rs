//! A type that could be `Copy` and is not.

use blink_alloc::BlinkClone;

#[derive(Clone, BlinkClone)]
#[blink(copy)]
struct Pixel {
    x: u32,
}

fn main() {}
