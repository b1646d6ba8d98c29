//! Rule 9: collections in a kept slice borrow the handle still.

use allocator_api2::vec::Vec;
use blink_alloc::{Blink, Frame};

fn main() {
    let mut blink = Blink::new();
    let mut frame = blink.as_frame();
    let mut outer = Vec::new_in(&frame);
    outer.push(Vec::<u8, _>::new_in(&frame));
    let kept = Frame::keep(outer);
    frame.scope(|_| kept[0].push(1));
}
