//! Mistakes of several fields are reported at once.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
struct Pixel {
    next: *const Pixel,
    #[blink(skip)]
    name: String,
    source: Box<dyn Fn() -> u32>,
    tail: Vec<*mut u32>,
}

#[derive(BlinkClone)]
#[blink(copyable)]
enum Shape {
    #[blink(skip)]
    Dot(#[blink(twice)] u32),
    Line {
        #[blink(put, skip)]
        name: String,
    },
}

fn main() {}
