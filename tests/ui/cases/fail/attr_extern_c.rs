//! C cannot pass a frame.

use blink_alloc::blink_frame;

#[blink_frame]
extern "C" fn answer() -> u32 {
    42
}

fn main() {
    let _ = answer();
}
