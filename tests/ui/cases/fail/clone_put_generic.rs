//! What is put is a clone, static and `Send`.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
struct Pixel<T> {
    #[blink(put)]
    value: T,
}

fn main() {}
