//! Rules 1 and 2: what is put into a frame ends with its guard. A reference, what holds one,
//! and an iterator over a slice do not leave it.

use blink_alloc::Frame;

fn reference<'a>(frame: &'a mut Frame<'_>) -> &'a str {
    let mut guard = frame.enter();
    guard.frame().copy_str("text")
}

struct Words<'a>(&'a [u32]);

fn structure<'a>(frame: &'a mut Frame<'_>) -> Words<'a> {
    let mut guard = frame.enter();
    Words(guard.frame().copy_slice(&[1, 2]))
}

fn iterator<'a>(frame: &'a mut Frame<'_>) -> impl Iterator<Item = &'a u32> {
    let mut guard = frame.enter();
    guard.frame().copy_slice(&[1, 2]).iter()
}

fn elided<'f>(frame: &'f mut Frame<'f>) -> &'f mut u32 {
    let mut guard = frame.enter();
    guard.frame().put(1)
}

fn main() {}
