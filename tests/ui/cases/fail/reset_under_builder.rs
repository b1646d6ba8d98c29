//! A builder holds on to the arena.

use blink_alloc::Blink;

fn main() {
    let mut blink = Blink::new();
    let builder = blink.emplace();
    blink.reset();
    builder.value(1);
}
