//! A chunk is aligned to 16, so a cursor can be no more.

use allocator_api2::alloc::Global;
use blink_alloc::BlinkAlloc;

fn main() {
    BlinkAlloc::<Global, 32>::with_min_align_in(Global);
}
