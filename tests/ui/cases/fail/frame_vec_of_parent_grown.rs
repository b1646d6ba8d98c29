//! Rules 5 and 9: a collection on a handle does not grow while a frame in it lives, nor is it
//! freed there.

use allocator_api2::{boxed::Box, vec::Vec};
use blink_alloc::Blink;

fn grown() {
    let mut blink = Blink::new();
    let mut parent = blink.as_frame();
    let mut numbers = Vec::new_in(&parent);
    let mut guard = parent.enter();
    guard.frame().put(1);
    numbers.push(2);
}

fn freed() {
    let mut blink = Blink::new();
    let mut parent = blink.as_frame();
    let boxed = Box::new_in(1, &parent);
    parent.scope(|_| drop(boxed));
}

fn main() {}
