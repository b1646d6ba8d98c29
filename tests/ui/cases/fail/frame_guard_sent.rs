//! Rule 8: the guard of a frame that may hold an `Rc` stays in its thread.

use std::thread;

use blink_alloc::Blink;

fn main() {
    let mut blink = Blink::new();
    let guard = blink.enter();
    thread::scope(|scope| {
        scope.spawn(move || drop(guard));
    });
}
