//! The copy of the field is of another type.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
struct Name {
    #[blink(as = &'blink [u8])]
    name: String,
}

fn main() {}
