//! An iterator over what is in an adaptor has borrowed it already.

use blink_alloc::{Blink, IteratorExt};

fn main() {
    let mut blink = Blink::new();
    let words = blink.put(vec!["to", "be"]);
    words.iter().collect_to_blink_shared(&mut blink);
}
