//! Which field of a union there is, nobody knows.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
union Number {
    int: u32,
    float: f32,
}

fn main() {}
