//! Arguments are in parentheses.

use blink_alloc::blink_frame;

#[blink_frame = "mem"]
fn answer() -> u32 {
    *mem.put(42)
}

fn main() {}
