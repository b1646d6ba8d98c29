//! Rule 2: the frame of a closure, what it hands out, and its slots stay in the closure.

use blink_alloc::{Blink, FrameIn};

fn main() {
    let mut blink = Blink::new();
    let mut other = None;
    blink.scope(|frame| other = Some(frame));
    blink.scope(|frame| frame);
    blink.scope(|frame| frame.put(1));
    blink.scope(|frame| frame.slot::<u8>());
    blink.scope(|frame| frame.enter());
    let mut text = "";
    blink.scope(|frame| text = frame.copy_str("text"));
    println!("{text}");
    blink.scope::<'static, _>(|frame: &mut FrameIn<'_, 'static>| -> &'static str {
        frame.copy_str("text")
    });
}
