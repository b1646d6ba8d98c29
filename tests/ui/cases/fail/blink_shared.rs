//! A `Blink` is for one thread at a time, and so is a reference to it.

use blink_alloc::Blink;

fn sent<T: Send>(_: T) {}

fn main() {
    sent(&Blink::new());
}
