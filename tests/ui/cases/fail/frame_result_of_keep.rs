//! A kept slice lives as long as the frame of its collection, and its items do, too.

use allocator_api2::vec::Vec;
use blink_alloc::Frame;

fn longer<'f>(frame: &mut Frame<'f>) -> &'f mut [u8] {
    let mut guard = frame.enter();
    Frame::keep(Vec::new_in(&*guard.frame()))
}

fn items<'f>(frame: &Frame<'f>) -> &'f mut [&'f u8] {
    let number = 1;
    let mut items = Vec::new_in(frame);
    items.push(&number);
    Frame::keep(items)
}

fn main() {}
