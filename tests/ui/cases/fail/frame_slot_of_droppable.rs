//! A slot drops nothing, so it takes no value with a destructor.

use blink_alloc::Blink;

fn main() {
    let mut blink = Blink::new();
    let frame = blink.as_frame();
    frame.slot::<String>().fill(String::new());
}
