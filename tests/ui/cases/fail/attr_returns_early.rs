//! Nor does a reference leave the frame by `return`.

use blink_alloc::blink_frame;

#[blink_frame]
fn shout(text: &str) -> &str {
    if text.is_empty() {
        return blink.copy_str("nothing");
    }
    text
}

fn main() {}
