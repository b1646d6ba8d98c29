//! Nobody knows what is behind a `dyn Trait`: that it may be sent has to be written.

use blink_alloc::{Blink, SendBlink};

fn main() {
    let blink = SendBlink::new(Blink::new());
    let print: Box<dyn Fn()> = Box::new(|| println!("hello"));
    blink.put_box(print);
}
