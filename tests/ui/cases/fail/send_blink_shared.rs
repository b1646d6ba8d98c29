//! A `SendBlink` goes from thread to thread, and belongs to one of them at a time.

use blink_alloc::{Blink, SendBlink};

fn sent<T: Send>(_: T) {}

fn main() {
    sent(&SendBlink::new(Blink::new()));
}
