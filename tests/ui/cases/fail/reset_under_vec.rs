//! A vector's elements are in the arena.

use allocator_api2::vec::Vec;
use blink_alloc::BlinkAlloc;

fn main() {
    let mut arena = BlinkAlloc::new();
    let mut vec = Vec::new_in(&arena);
    arena.reset();
    vec.push(1);
}
