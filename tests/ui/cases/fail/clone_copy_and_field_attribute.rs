//! Where the whole type is copied, nothing is said of fields.

use blink_alloc::BlinkClone;

#[derive(Clone, Copy, BlinkClone)]
#[blink(copy)]
struct Pixel {
    #[blink(skip)]
    x: u32,
    #[blink(copy)]
    y: u32,
}

fn main() {}
