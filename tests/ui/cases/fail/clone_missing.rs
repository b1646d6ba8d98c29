//! A value of a type that nothing is derived for.

use blink_alloc::Blink;

struct Color;

fn main() {
    let blink = Blink::new();
    blink.clone_in(&Color);
}
