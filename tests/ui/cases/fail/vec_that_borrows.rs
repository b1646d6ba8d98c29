//! I6: what a vector leaves to the arena to be dropped borrows nothing.

use blink_alloc::{Blink, blink_vec};

fn main() {
    let blink = Blink::new();
    let text = String::from("text");
    blink_vec![in &blink; text.as_str()].into_slice();
    let inner = blink.put(1);
    blink_vec![in &blink; inner].into_slice();
}
