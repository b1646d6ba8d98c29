//! The result borrows from the text, not from the frame.

use blink_alloc::blink_frame;

#[blink_frame]
fn shout(text: &str) -> &str {
    let copy = blink.copy_str(text);
    copy.make_ascii_uppercase();
    copy
}

fn main() {}
