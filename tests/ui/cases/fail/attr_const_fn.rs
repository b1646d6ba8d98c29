//! Arenas are of the time when the program runs.

use blink_alloc::blink_frame;

#[blink_frame]
const fn answer() -> u32 {
    42
}

fn main() {
    let _ = answer();
}
