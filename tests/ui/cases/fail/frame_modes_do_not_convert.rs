//! Rule 8: a sendable handle is no local one, nor the reverse.

use std::{mem, rc::Rc};

use blink_alloc::{Blink, BlinkAlloc, Frame, SendBlink, Sendable};

fn local(frame: &mut Frame<'_>) {
    frame.put(Rc::new(1));
}

fn sendable(_: &mut Frame<'_, BlinkAlloc, Sendable>) {}

fn main() {
    let mut send = SendBlink::new(Blink::new());
    local(&mut send.as_frame());
    send.scope(|frame| local(frame));
    let mut blink = Blink::new();
    sendable(&mut blink.as_frame());
    mem::swap(&mut blink.as_frame(), &mut send.as_frame());
}
