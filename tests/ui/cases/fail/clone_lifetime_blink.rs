//! The name of the arena's lifetime is taken.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
#[blink(mirror = Word)]
struct Token<'blink> {
    text: &'blink str,
}

fn main() {}
