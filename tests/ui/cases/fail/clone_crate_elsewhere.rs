//! A path that does not lead to the crate.

use blink_alloc::BlinkClone;

mod elsewhere {}

#[derive(BlinkClone)]
#[blink(crate = elsewhere)]
struct Name {
    name: String,
}

fn main() {}
