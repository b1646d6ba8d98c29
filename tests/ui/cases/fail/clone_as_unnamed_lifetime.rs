//! A reference of the copy without its lifetime.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
struct Name {
    #[blink(as = &str)]
    name: String,
}

fn main() {}
