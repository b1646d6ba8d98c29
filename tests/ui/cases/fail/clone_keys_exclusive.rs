//! Keys that say different things of a field.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
struct Pixel {
    #[blink(copy, put)]
    x: u32,
    #[blink(skip, as = u32)]
    y: u32,
    #[blink(with = make)]
    #[blink(mirror)]
    z: u32,
}

fn main() {}
