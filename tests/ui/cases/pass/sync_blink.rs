//! What threads may do with a shared adaptor, local arenas and a cache.

use std::{rc::Rc, sync::Arc, thread};

use blink_alloc::{Blink, BlinkAllocCache, SendBlink, SyncBlink, SyncBlinkAlloc};

static ARENAS: BlinkAllocCache = BlinkAllocCache::new();
static BLINK: SyncBlink = SyncBlink::new();

fn main() {
    // By reference, in an `Arc`, in a static.
    let shared = Arc::new(SyncBlink::new());
    let worker = thread::spawn({
        let shared = shared.clone();
        move || _ = shared.put(String::from("dropped by the last one"))
    });
    worker.join().unwrap();
    assert_eq!(*BLINK.put(1), 1);

    // What is not dropped need not be `Send`.
    let counted = Rc::new(1);
    assert!(Rc::ptr_eq(BLINK.put_no_drop(&counted), &counted));
    let shared = BLINK.emplace_shared().value(&counted);
    assert!(Rc::ptr_eq(shared, &counted));

    // One thread at a time enters a frame, whichever.
    let mut blink = SyncBlink::new();
    blink.scope(|frame| {
        thread::scope(|scope| {
            scope.spawn(|| frame.scope(|inner| _ = inner.put(vec![1])));
        });
        let kept = frame.put(1);
        frame.scope(|inner| *kept += *inner.put(1));
        assert_eq!(*kept, 2);
    });

    // A local arena goes to another thread, with what is over it.
    let arena = SyncBlinkAlloc::new();
    let local = SendBlink::new(Blink::new_in(arena.local()));
    thread::scope(|scope| {
        scope.spawn(move || local.put(vec![1]).len());
        let mut blink = Blink::new_in(arena.local());
        blink.put(Rc::new(1));
        blink.scope(|frame| _ = frame.put(Rc::new(2)));
    });

    // Guards of arenas and of sendable adaptors go to another thread.
    let guards = (ARENAS.get(), ARENAS.get_send_blink());
    thread::spawn(move || drop(guards)).join().unwrap();
    assert!(ARENAS.pop().is_some());
}
