//! Slices of a `SendBlink` are dropped wherever it is then, too.

use std::rc::Rc;

use blink_alloc::{Blink, SendBlink};

fn main() {
    let blink = SendBlink::new(Blink::new());
    blink.put_slice(vec![Rc::new(1)]);
    blink.clone_slice(&[Rc::new(1)]);
    blink.fill(2, Rc::new(1));
    blink.fill_with(2, Rc::new);
    blink.fill_iter((0..2).map(Rc::new));
    blink.fill_iter_fallible([Ok(Rc::new(1)), Err(())]).ok();
}
