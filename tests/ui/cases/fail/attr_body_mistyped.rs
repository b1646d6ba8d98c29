//! A type error in the body is reported where it is.

use blink_alloc::blink_frame;

#[blink_frame]
fn answer() -> u32 {
    blink.put(42);
}

fn main() {}
