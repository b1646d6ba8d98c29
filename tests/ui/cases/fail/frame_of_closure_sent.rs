//! Rule 8: the frame of a closure, too, stays in its thread if it may hold an `Rc`.

use std::thread;

use blink_alloc::Blink;

fn main() {
    let mut blink = Blink::new();
    blink.scope(|frame| {
        thread::scope(|scope| {
            scope.spawn(move || frame.put(1));
        });
    });
}
