//! A struct that borrows from the frame is no better than a reference.

use blink_alloc::blink_frame;

struct Words<'a> {
    first: &'a str,
}

#[blink_frame]
fn words(text: &str) -> Words<'_> {
    let copy = blink.copy_str(text);
    Words { first: copy }
}

fn main() {
    let _ = |words: Words<'static>| words.first;
}
