//! A copy is in the arena until its reset.

use blink_alloc::{Blink, BlinkClone};

#[derive(BlinkClone)]
struct Name {
    name: String,
    words: Vec<String>,
}

fn main() {
    let mut blink = Blink::new();
    let copy = blink.clone_in(&Name {
        name: String::new(),
        words: Vec::new(),
    });
    blink.reset();
    println!("{}", copy.name);
}
