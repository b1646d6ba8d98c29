//! A reset frees what the reference points to.

use blink_alloc::Blink;

fn main() {
    let mut blink = Blink::new();
    let value = blink.put(1);
    blink.reset();
    *value = 2;
}
