//! The type of a field has no twin.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
struct At<T> {
    x: u32,
    value: T,
}

#[derive(BlinkClone)]
struct Pixel<T> {
    #[blink(mirror)]
    color: At<T>,
    name: String,
}

fn main() {}
