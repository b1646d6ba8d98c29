//! A word that says nothing of a field.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
struct Pixel {
    #[blink(clone)]
    x: u32,
}

fn main() {}
