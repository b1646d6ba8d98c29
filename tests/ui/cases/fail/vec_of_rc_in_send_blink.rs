//! I7: a vector on a `SendBlink` may hold any items, but leave to it only those that may be sent.

use std::rc::Rc;

use blink_alloc::{Blink, BlinkVec, SendBlink, SyncBlink, blink_vec};

fn main() {
    let mut blink = SendBlink::new(Blink::new());
    let mut items = blink.vec();
    items.push(Rc::new(1));
    items.into_slice();
    let items = BlinkVec::from_iter_in([Rc::new(1)], &*blink);
    let _ = items.try_into_slice();
    blink.scope(|frame| _ = blink_vec![in &**frame; Rc::new(1)].into_slice());

    let shared = SyncBlink::new();
    blink_vec![in &*shared; Rc::new(1)].into_slice();
    // Nobody drops these.
    blink_vec![in &*shared; Rc::new(1)].into_slice_no_drop();
}
