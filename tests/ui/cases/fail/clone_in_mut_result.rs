//! A copy is shared: nothing of it is written to.

use blink_alloc::{Blink, BlinkClone};

#[derive(BlinkClone)]
struct Names {
    names: Vec<String>,
}

fn main() {
    let blink = Blink::new();
    let copy = blink.clone_in(&Names { names: Vec::new() });
    copy.names[0] = "a";
}
