//! References do not leave their frame, by a thread neither.

use std::{sync::Mutex, thread};

use blink_alloc::SyncBlink;

fn main() {
    let mut blink = SyncBlink::new();
    let stash = Mutex::new(None);
    blink.scope(|frame| {
        let frame = &*frame;
        thread::scope(|scope| {
            scope.spawn(|| *stash.lock().unwrap() = Some(frame.copy_str("gone")));
        });
    });
    println!("{:?}", stash);

    let mut guard = blink.enter();
    let frame = guard.frame();
    let value = thread::scope(|scope| scope.spawn(|| frame.put(1)).join().unwrap());
    drop(guard);
    *value = 2;
}
