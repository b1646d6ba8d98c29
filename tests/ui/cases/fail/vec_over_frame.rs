//! I9: while a vector on a handle may grow, no other frame is entered.

use blink_alloc::Frame;

fn vector(frame: &mut Frame<'_>) {
    let mut numbers = frame.vec();
    numbers.push(1);
    frame.scope(|_| {});
    numbers.push(2);
}

fn string(frame: &mut Frame<'_>) {
    let mut string = frame.string();
    let guard = frame.enter();
    string.push('a');
    drop(guard);
}

fn main() {}
