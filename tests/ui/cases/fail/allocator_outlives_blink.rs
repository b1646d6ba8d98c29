//! The arena of an adaptor goes with the adaptor.

use allocator_api2::vec::Vec;
use blink_alloc::Blink;

fn main() {
    let blink = Blink::new();
    let mut vec = Vec::new_in(blink.allocator());
    drop(blink);
    vec.push(1);
}
