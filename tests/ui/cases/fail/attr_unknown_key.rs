//! A word that is not an argument.

use blink_alloc::blink_frame;

#[blink_frame(foo = 1)]
fn answer() -> u32 {
    *blink.put(42)
}

fn main() {}
