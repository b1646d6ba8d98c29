//! A collection on the handle might grow after the call: it cannot live over it.

use allocator_api2::vec::Vec;
use blink_alloc::blink_frame;

#[blink_frame]
fn child() {}

#[blink_frame]
fn parent() {
    let mut numbers = Vec::new_in(&*blink);
    numbers.push(1);
    child(blink);
    numbers.push(2);
}

fn main() {}
