//! The root is neither reset nor emptied while a handle, a guard or a reference is in use.

use blink_alloc::Blink;

fn handle() {
    let mut blink = Blink::new();
    let frame = blink.as_frame();
    blink.reset();
    frame.put(1);
}

fn guard() {
    let mut blink = Blink::new();
    let guard = blink.enter();
    blink.drop_all();
    drop(guard);
}

fn reference() {
    let mut blink = Blink::new();
    let text = blink.as_frame().put(String::new());
    blink.reset();
    text.push('!');
}

fn main() {}
