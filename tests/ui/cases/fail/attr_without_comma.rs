//! Arguments are separated by commas.

use blink_alloc::blink_frame;

#[blink_frame(mem thread_local)]
fn answer() -> u32 {
    *mem.put(42)
}

fn main() {}
