//! What a local arena has leased is memory of the shared one.

use blink_alloc::{Blink, LocalBlinkAlloc, SyncBlinkAlloc};

fn lease<'a>() -> LocalBlinkAlloc<'a> {
    let shared = SyncBlinkAlloc::new();
    shared.local()
}

fn main() {
    let local = {
        let shared = SyncBlinkAlloc::new();
        shared.local()
    };
    Blink::new_in(local).put(1);

    let shared = SyncBlinkAlloc::new();
    let blink = Blink::new_in(shared.local());
    drop(shared);
    blink.put(1);
    lease();
}
