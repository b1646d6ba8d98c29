//! There is nothing to be said of a variant.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
enum Shape {
    #[blink(skip)]
    Dot,
    #[blink(as = u32)]
    Line(u32),
}

fn main() {}
