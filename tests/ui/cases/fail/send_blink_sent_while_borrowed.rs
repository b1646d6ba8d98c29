//! What is not dropped need not be `Send`, because nobody has it when the adaptor is sent.

use std::{rc::Rc, thread};

use blink_alloc::{Blink, SendBlink};

fn main() {
    let blink = SendBlink::new(Blink::new());
    let counted = blink.put_no_drop(Rc::new(1));
    thread::spawn(move || drop(blink));
    println!("{counted}");
}
