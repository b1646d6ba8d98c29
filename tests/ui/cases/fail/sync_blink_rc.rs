//! I7: another thread may drop what a `SyncBlink` holds.

use std::rc::Rc;

use blink_alloc::SyncBlink;

fn main() {
    let mut blink = SyncBlink::new();
    blink.put(Rc::new(1));
    blink.try_put(Rc::new(1));
    blink.put_box(Box::new(Rc::new(1)));
    blink.put_slice(vec![Rc::new(1)]);
    blink.fill(3, Rc::new(1));
    blink.fill_with(3, |_| Rc::new(1));
    blink.fill_iter([Rc::new(1)]);
    blink.fill_iter_fallible([Ok::<_, ()>(Rc::new(1))]);
    blink.clone_slice(&[Rc::new(1)]);
    blink.emplace().value(Rc::new(1));
    blink.emplace().with(|| Rc::new(1));
    blink.emplace().from_iter([Rc::new(1)]);
    blink.scope(|frame| _ = frame.put(Rc::new(1)));
}
