//! What becomes of a type with parameters has to be said.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
struct At<T> {
    name: String,
    value: T,
}

#[derive(BlinkClone)]
struct Pixel<T> {
    color: At<T>,
    all: Vec<Option<At<T>>>,
}

fn main() {}
