//! Rule 1: nobody allocates from a frame, nor makes a place in it, while a frame in it lives.

use blink_alloc::Blink;

fn by_guard() {
    let mut blink = Blink::new();
    let mut parent = blink.as_frame();
    let mut guard = parent.enter();
    parent.put(1);
    guard.frame().put(2);
}

fn by_closure() {
    let mut blink = Blink::new();
    let mut parent = blink.as_frame();
    parent.scope(|child| {
        parent.slot::<u8>();
        child.put(1);
    });
}

fn root() {
    let mut blink = Blink::new();
    let mut guard = blink.enter();
    blink.put(1);
    guard.frame().put(2);
}

fn main() {}
