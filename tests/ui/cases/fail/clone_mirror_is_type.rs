//! The twin has the name of the type.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
#[blink(mirror = Name)]
struct Name {
    name: String,
}

fn main() {}
