//! A `BlinkAlloc` moves its cursor without synchronization.

use blink_alloc::BlinkAlloc;

fn sent<T: Send>(_: T) {}

fn main() {
    sent(&BlinkAlloc::new());
}
