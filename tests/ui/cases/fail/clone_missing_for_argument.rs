//! The parameter of a derived type is something that nothing is derived for.

use blink_alloc::{Blink, BlinkClone};

struct Color;

#[derive(BlinkClone)]
struct At<T> {
    x: u32,
    value: T,
}

fn main() {
    let blink = Blink::new();
    blink.clone_in(&At { x: 1, value: Color });
}
