//! The twin has the name of another type.

use blink_alloc::BlinkClone;

struct BlinkName;

#[derive(BlinkClone)]
struct Name {
    name: String,
}

fn main() {
    let _ = BlinkName;
}
