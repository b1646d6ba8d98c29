//! A key that is there twice.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
#[blink(mirror = Dot, mirror = Spot)]
struct Pixel {
    name: String,
}

#[derive(BlinkClone)]
#[blink(derive(Debug))]
#[blink(derive(Clone))]
struct Line {
    name: String,
}

#[derive(BlinkClone)]
struct Circle {
    #[blink(copy, copy)]
    x: u32,
    #[blink(as = u32, as = u64)]
    y: u32,
}

fn main() {}
