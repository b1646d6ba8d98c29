//! A builder has taken room for a value before it calls the closure.

use blink_alloc::Blink;

fn main() {
    let mut blink = Blink::new();
    blink.emplace().with(|| {
        blink.reset();
        1
    });
}
