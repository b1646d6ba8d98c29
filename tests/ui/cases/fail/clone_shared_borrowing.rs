//! Shared values are told apart by their types, which have no lifetimes.

use std::{rc::Rc, sync::Arc};

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
struct Token<'a> {
    text: &'a str,
    rest: Rc<Token<'a>>,
}

#[derive(BlinkClone)]
#[blink(mirror = Words)]
struct Text<'a> {
    words: Vec<Arc<&'a str>>,
}

fn main() {}
