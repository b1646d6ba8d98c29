//! The memory goes with the adaptor.

use blink_alloc::Blink;

fn main() {
    let value = {
        let blink = Blink::new();
        blink.put(1)
    };
    *value = 2;
}
