//! A field that is not `Copy`.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
struct Pixel {
    #[blink(copy)]
    name: String,
    x: u32,
}

fn main() {}
