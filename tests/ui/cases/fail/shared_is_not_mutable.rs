//! What is shared can be copied, so nobody may change it.

use blink_alloc::Blink;

fn main() {
    let blink = Blink::new();
    let numbers = blink.emplace_shared().from_iter(0..3);
    numbers[0] = 1;
}
