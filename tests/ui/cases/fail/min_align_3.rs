//! An alignment is a power of two.

use allocator_api2::alloc::Global;
use blink_alloc::BlinkAlloc;

fn main() {
    BlinkAlloc::<Global, 3>::default();
}
