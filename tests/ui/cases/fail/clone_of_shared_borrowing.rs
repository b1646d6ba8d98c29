//! Shared values are told apart by their types, which have no lifetimes.

use std::rc::Rc;

use blink_alloc::Blink;

fn main() {
    let text = String::from("a");
    let word = Rc::new(text.as_str());
    let blink = Blink::new();
    blink.clone_in(&word);
}
