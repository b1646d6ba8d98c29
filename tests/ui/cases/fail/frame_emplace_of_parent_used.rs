//! Rule 5: a builder of a frame puts nothing while a frame in it lives.

use blink_alloc::Blink;

fn frame() {
    let mut blink = Blink::new();
    let mut parent = blink.as_frame();
    let builder = parent.emplace::<u32>();
    let mut guard = parent.enter();
    guard.frame().put(1);
    builder.value(2);
}

fn root() {
    let mut blink = Blink::new();
    let builder = blink.emplace_no_drop::<u32>();
    blink.scope(|_| _ = builder.value(1));
}

fn main() {}
