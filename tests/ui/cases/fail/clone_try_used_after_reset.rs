//! The same for a copy that may fail.

use blink_alloc::Blink;

fn main() {
    let mut blink = Blink::new();
    let copy = blink.try_clone_in("text").unwrap();
    blink.reset();
    println!("{copy}");
}
