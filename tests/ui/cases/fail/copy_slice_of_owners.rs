//! A copy of an owner would be a second owner.

use blink_alloc::Blink;

fn main() {
    let blink = Blink::new();
    blink.copy_slice(&[String::new()]);
}
