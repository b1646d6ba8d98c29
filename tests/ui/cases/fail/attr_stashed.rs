//! References into the frame do not go into a collection of the caller.

use blink_alloc::blink_frame;

#[blink_frame]
fn collect<'a>(words: &mut Vec<&'a str>) {
    words.push(blink.copy_str("word"));
}

fn main() {}
