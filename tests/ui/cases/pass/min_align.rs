//! Every power of two up to 16 is a minimum alignment.

use allocator_api2::alloc::{Global, Layout};
use blink_alloc::BlinkAlloc;

fn aligned<const MIN_ALIGN: usize>() {
    let arena = BlinkAlloc::<Global, MIN_ALIGN>::default();
    for _ in 0..2 {
        let block = arena.allocate(Layout::new::<u8>()).unwrap();
        assert_eq!(block.cast::<u8>().addr().get() % MIN_ALIGN, 0);
    }
}

fn main() {
    aligned::<1>();
    aligned::<2>();
    aligned::<4>();
    aligned::<8>();
    aligned::<16>();
}
