//! Nobody passes a frame to `main`.

use blink_alloc::blink_frame;

#[blink_frame]
fn main() {
    blink.put(42);
}
