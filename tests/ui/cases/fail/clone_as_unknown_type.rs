//! A type of the copy that is not there.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
struct Color(u32);

#[derive(BlinkClone)]
struct Pixel {
    #[blink(as = BlinkColor<'blink>)]
    color: Color,
}

fn main() {}
