//! What may be sent goes into a `SendBlink` in every way, and other values go in to be used in
//! place and not dropped.

use std::{
    fmt::Display,
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    thread,
};

use blink_alloc::{Blink, SendBlink};

fn main() {
    let drops = Arc::new(AtomicU32::new(0));
    let count = {
        struct Counts(Arc<AtomicU32>);
        impl Drop for Counts {
            fn drop(&mut self) {
                self.0.fetch_add(1, Ordering::Relaxed);
            }
        }
        let drops = drops.clone();
        move || {
            let counts = Counts(drops.clone());
            move || counts.0.load(Ordering::Relaxed)
        }
    };

    let blink = SendBlink::new(Blink::new());
    let value: &mut dyn Fn() -> u32 = blink.put(count());
    assert_eq!(value(), 0);
    let boxed: Box<dyn Fn() -> u32 + Send> = Box::new(count());
    assert_eq!(blink.put_box(boxed)(), 0);
    let built = blink.emplace().from_iter([count(), count()]);
    assert_eq!(built[1](), 0);
    assert_eq!(blink.put_slice([count()])[0](), 0);
    assert_eq!(blink.fill_with(2, |_| count())[1](), 0);

    let counted = Rc::new(7);
    let shown: &mut dyn Display = blink.put_no_drop(&counted);
    assert_eq!(shown.to_string(), "7");
    let shared = blink.emplace_shared().from_iter([&counted, &counted]);
    assert_eq!(**shared[1], 7);

    let mut blink = thread::spawn(move || {
        let mut blink = blink;
        blink.reset();
        blink
    })
    .join()
    .unwrap();
    assert_eq!(drops.load(Ordering::Relaxed), 7);
    thread::scope(|scope| {
        let blink = &mut blink;
        scope.spawn(move || *blink.put(1));
    });
    blink.reset();
}
