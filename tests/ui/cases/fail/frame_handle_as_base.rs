//! A handle is no arena, so there is no adaptor over it.

use blink_alloc::Blink;

fn main() {
    let mut blink = Blink::new();
    let mut frame = blink.as_frame();
    Blink::new_in(&frame).put(1);
    Blink::new_in(&mut frame).enter();
    Blink::new_in(&mut Blink::new()).enter();
}
