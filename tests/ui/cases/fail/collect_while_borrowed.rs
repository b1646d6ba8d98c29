//! `collect_to_blink` borrows the adaptor exclusively, as long as the slice is in use.

use blink_alloc::{Blink, IteratorExt};

fn main() {
    let mut blink = Blink::new();
    let first = [1, 2].into_iter().collect_to_blink(&mut blink);
    let second = [3, 4].into_iter().collect_to_blink(&mut blink);
    first.swap_with_slice(second);
}
