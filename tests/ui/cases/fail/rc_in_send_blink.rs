//! A `SendBlink` drops its values wherever it is then, which an `Rc` does not allow.

use std::rc::Rc;

use blink_alloc::{Blink, SendBlink};

fn main() {
    let blink = SendBlink::new(Blink::new());
    blink.put(Rc::new(1));
    blink.emplace().with(|| Rc::new(1));
    blink.put_box(Box::new(Rc::new(1)));
}
