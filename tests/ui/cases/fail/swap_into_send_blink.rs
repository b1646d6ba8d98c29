//! Values that must not be sent do not come into a `SendBlink` as a whole either.

use std::{mem, rc::Rc};

use blink_alloc::{Blink, SendBlink};

fn main() {
    let mut blink = Blink::new();
    blink.put(Rc::new(1));
    let mut send = SendBlink::new(Blink::new());
    mem::swap(&mut blink, &mut *send);
}
