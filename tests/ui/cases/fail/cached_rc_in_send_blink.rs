//! I7: the adaptor may go to another thread, and does not hold what is bound to this one.

use std::rc::Rc;

use blink_alloc::BlinkAllocCache;

fn main() {
    let cache = <BlinkAllocCache>::new();
    let blink = cache.get_send_blink();
    blink.put(Rc::new(1));
}
