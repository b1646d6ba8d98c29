//! The derive is for types.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
fn name() -> String {
    String::new()
}

fn main() {}
