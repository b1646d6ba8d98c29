//! A result's frame and a scratch frame are two.

use blink_alloc::{Blink, Frame};

fn f<'o>(out: &mut Frame<'o>, blink: &mut Frame<'_>) -> &'o mut usize {
    let mut guard = blink.enter();
    let text = guard.frame().copy_str("scratch");
    out.put(text.len())
}

fn main() {
    let mut blink = Blink::new();
    let mut frame = blink.as_frame();
    f(&mut frame, &mut frame);
}
