//! Threads that share an adaptor, or a frame, do not enter another one: its end would free what
//! the others put meanwhile.

use std::thread;

use blink_alloc::SyncBlink;

fn main() {
    let mut blink = SyncBlink::new();
    let shared = &blink;
    thread::scope(|scope| {
        scope.spawn(|| shared.scope(|frame| _ = frame.put(1)));
        scope.spawn(|| shared.put(2));
    });
    blink.scope(|frame| {
        thread::scope(|scope| {
            scope.spawn(|| frame.scope(|inner| _ = inner.put(1)));
            scope.spawn(|| frame.scope(|inner| _ = inner.put(2)));
        });
        let frame = &*frame;
        thread::scope(|scope| {
            scope.spawn(|| frame.enter());
            scope.spawn(|| frame.put(2));
        });
    });
}
