//! The frame ends when the function returns, and not when the future is ready.

use blink_alloc::blink_frame;

#[blink_frame]
fn later() -> impl Future<Output = u32> {
    async move { *blink.put(1) }
}

fn main() {}
