//! What is put into a lent adaptor ends with its guard, and with a reset.

use blink_alloc::BlinkAllocCache;

fn name(cache: &BlinkAllocCache) -> &str {
    cache.get_blink().copy_str("gone with the guard")
}

fn main() {
    let cache = BlinkAllocCache::new();
    let value = cache.get_blink().put(1);
    *value = 2;

    let mut blink = cache.get_send_blink();
    let value = blink.put(1);
    blink.reset();
    *value = 2;
    let value = blink.put(1);
    drop(blink);
    *value = 2;

    let arena = cache.get();
    let numbers = allocator_api2::vec::Vec::<u8, _>::new_in(&*arena);
    drop(arena);
    numbers.len();
    name(&cache);
}
