//! A reset of the shared arena gives the leases to others.

use blink_alloc::{Blink, SyncBlinkAlloc};

fn main() {
    let mut shared = SyncBlinkAlloc::new();
    let local = shared.local();
    shared.reset();
    drop(local);

    {
        let blink = Blink::new_in(shared.local());
        let value = blink.put(1);
        shared.reset_to(0);
        *value = 2;
    }

    let local = shared.local();
    let mut frames = Blink::new_in(&mut shared);
    frames.enter();
    local.reserve(1);
}
