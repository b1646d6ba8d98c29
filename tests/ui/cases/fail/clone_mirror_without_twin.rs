//! A name for a twin where there is none.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
#[blink(mirror = Dot)]
struct Pixel {
    x: u32,
}

#[derive(Clone, Copy, BlinkClone)]
#[blink(copy, mirror = Dot)]
struct Line {
    x: u32,
}

fn main() {}
