//! The way to an adaptor that may be sent is `SendBlink::new`, which empties it.

use blink_alloc::{Blink, BlinkAlloc, Sendable};

fn main() {
    Blink::<BlinkAlloc, Sendable>::new_in(BlinkAlloc::new());
}
