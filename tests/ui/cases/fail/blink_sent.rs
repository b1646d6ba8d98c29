//! A `Blink` may hold values that are not `Send`, so it stays in its thread.

use blink_alloc::Blink;

fn sent<T: Send>(_: T) {}

fn main() {
    sent(Blink::new());
}
