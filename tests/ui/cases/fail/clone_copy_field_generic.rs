//! A field whose type is a parameter, which may not be `Copy`.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
struct Pixel<T> {
    #[blink(copy)]
    value: T,
}

fn main() {}
