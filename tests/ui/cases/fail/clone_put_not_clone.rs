//! What is put is a clone.

use blink_alloc::BlinkClone;

struct Color;

#[derive(BlinkClone)]
struct Pixel {
    #[blink(put)]
    color: Color,
}

fn main() {}
