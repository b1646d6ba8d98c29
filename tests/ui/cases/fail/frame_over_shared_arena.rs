//! Rule 7: an arena that is shared has no frames: a vector on it would be overwritten.

use std::{rc::Rc, sync::Arc};

use blink_alloc::{Blink, BlinkAlloc};

fn main() {
    let arena = BlinkAlloc::new();
    let mut blink = Blink::new_in(&arena);
    blink.as_frame();
    blink.enter();
    blink.scope(|_| ());
    Blink::new_in(&&arena).enter();
    Blink::new_in(&mut &arena).enter();
    Blink::new_in(Rc::new(BlinkAlloc::new())).enter();
    Blink::new_in(Arc::new(BlinkAlloc::new())).enter();
}
