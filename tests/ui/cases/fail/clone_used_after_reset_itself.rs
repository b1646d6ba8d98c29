//! A copy of a type with a lifetime is in the arena until its reset, for all that the original
//! lives on.

use blink_alloc::{Blink, BlinkClone};

#[derive(BlinkClone)]
struct Token<'a> {
    text: &'a str,
}

fn main() {
    let mut blink = Blink::new();
    let copy = blink.clone_in(&Token { text: "static" });
    blink.reset();
    println!("{}", copy.text);
}
