//! A guard gives its arena back.

use blink_alloc::BlinkAllocCache;

fn main() {
    let cache = <BlinkAllocCache>::new();
    let blink = cache.get_blink();
    drop(cache);
    blink.put(1);
    let _arena = <BlinkAllocCache>::new().get();
}
