//! `extern` is `extern "C"`.

use blink_alloc::blink_frame;

#[allow(missing_abi)]
#[blink_frame]
extern fn answer() -> u32 {
    42
}

fn main() {
    let _ = answer();
}
