//! A path is not a name.

use blink_alloc::blink_frame;

#[blink_frame(foo::bar)]
fn answer() -> u32 {
    *blink.put(42)
}

fn main() {}
