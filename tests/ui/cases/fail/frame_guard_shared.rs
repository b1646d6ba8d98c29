//! Rule 8: a guard of a sendable frame is used by one thread at a time.

use std::thread;

use blink_alloc::{Blink, SendBlink};

fn main() {
    let mut blink = SendBlink::new(Blink::new());
    let guard = blink.enter();
    thread::scope(|scope| {
        scope.spawn(|| println!("{guard:?}"));
    });
}
