//! An arena without an adaptor has no list of destructors, and no lifetime for a slice.

use blink_alloc::{BlinkAlloc, BlinkString, BlinkVec};

fn main() {
    let arena = BlinkAlloc::new();
    let mut numbers = BlinkVec::new_in(&arena);
    numbers.push(1);
    numbers.into_slice();
    BlinkVec::from_iter_in([1], &arena).into_slice_no_drop();
    BlinkString::new_in(&arena).into_str();
}
