//! What the attribute declares cannot be named in the body.

use blink_alloc::blink_frame;

#[blink_frame]
fn answer() {
    drop(_tip);
    drop(frame_of_answer);
    drop(handle);
}

fn main() {}
