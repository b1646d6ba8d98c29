//! Rules 1 and 2: a callee does not leave a reference to its frame in the caller's vector.

use blink_alloc::Frame;

fn stash<'a>(frame: &'a mut Frame<'_>, out: &mut Vec<&'a str>) {
    let mut guard = frame.enter();
    out.push(guard.frame().copy_str("text"));
}

fn stash_by_closure<'a>(frame: &'a mut Frame<'_>, out: &mut Vec<&'a str>) {
    frame.scope(|frame| out.push(frame.copy_str("text")));
}

fn main() {}
