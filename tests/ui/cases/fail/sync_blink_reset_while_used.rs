//! A reset frees what the other thread is about to use.

use std::thread;

use blink_alloc::SyncBlink;

fn main() {
    let mut blink = SyncBlink::new();
    thread::scope(|scope| {
        scope.spawn(|| _ = blink.put(vec![1]));
        blink.reset();
    });
    thread::scope(|scope| {
        scope.spawn(|| _ = blink.put(vec![1]));
        blink.drop_all();
    });
    thread::scope(|scope| {
        scope.spawn(|| _ = blink.put(vec![1]));
        blink.enter();
    });
    thread::scope(|scope| {
        scope.spawn(|| _ = blink.put(vec![1]));
        drop(blink);
    });
}
