//! A vector allocates from its arena: one of a `Blink` stays in its thread.

use std::thread;

use blink_alloc::{Blink, SendBlink};

fn main() {
    let blink = Blink::new();
    let numbers = blink.vec::<i32>();
    thread::scope(|scope| {
        scope.spawn(move || drop(numbers));
    });

    let blink = SendBlink::new(Blink::new());
    let string = blink.string();
    thread::scope(|scope| {
        scope.spawn(move || drop(string));
    });
}
