//! A lent arena or adaptor is of one thread at a time.

use blink_alloc::BlinkAllocCache;

fn sent<T: Send>(_: T) {}

fn main() {
    let cache = <BlinkAllocCache>::new();
    sent(&cache.get_send_blink());
}
