//! An adaptor of one thread does not take the place of one for several.

use std::mem;

use blink_alloc::{Blink, SendBlink, SyncBlink, SyncBlinkAlloc};

fn main() {
    let mut sync = SyncBlink::new();
    let mut local = Blink::new_in(SyncBlinkAlloc::new());
    let mut send = SendBlink::new(Blink::new_in(SyncBlinkAlloc::new()));
    mem::swap(&mut *sync, &mut local);
    mem::swap(&mut *sync, &mut *send);
    mem::swap(&mut sync.as_frame(), &mut send.as_frame());
    let _ = SyncBlink::from(local);
}
