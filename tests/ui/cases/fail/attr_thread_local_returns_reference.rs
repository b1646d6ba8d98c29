//! The arena goes back to its thread when the function returns.

use blink_alloc::blink_frame;

#[blink_frame(thread_local)]
fn shout(text: &str) -> &str {
    let copy = blink.copy_str(text);
    copy.make_ascii_uppercase();
    copy
}

fn main() {}
