//! What is kept was allocated from a frame.

use allocator_api2::vec::Vec;
use blink_alloc::{BlinkAlloc, Frame};

fn main() {
    Frame::<'static>::keep(Vec::<u8>::new());
    let arena = BlinkAlloc::new();
    Frame::<'static>::keep(Vec::<u8, _>::new_in(&arena));
}
