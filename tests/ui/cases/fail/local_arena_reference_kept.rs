//! A local arena gives its memory back when it is dropped or reset.

use blink_alloc::{Blink, SyncBlinkAlloc};

fn main() {
    let shared = SyncBlinkAlloc::new();
    let mut local = shared.local();
    let value = Blink::new_in(&local).copy_str("gone with the adaptor");
    value.len();
    let blink = Blink::new_in(&local);
    local.reset();
    blink.put(1);
    let blink = Blink::new_in(&local);
    drop(local);
    blink.put(1);
}
