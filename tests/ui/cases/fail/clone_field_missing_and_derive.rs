//! A field of a type that nothing is derived for, where the twin has a derive of std that looks at
//! all fields.

use blink_alloc::BlinkClone;

struct Color;

#[derive(BlinkClone)]
#[blink(derive(Debug))]
struct Pixel<T> {
    name: String,
    value: T,
    color: Color,
}

fn main() {}
