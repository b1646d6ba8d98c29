//! A type with a parameter that is not `Copy`.

use blink_alloc::{Blink, BlinkClone};

#[derive(BlinkClone)]
#[blink(copy)]
struct Pixel<T> {
    x: T,
}

fn main() {
    let blink = Blink::new();
    blink.clone_in(&Pixel { x: 1 });
}
