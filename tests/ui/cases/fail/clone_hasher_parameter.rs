//! A hasher stays what it is, and a parameter does not.

use blink_alloc::BlinkClone;
use std::collections::HashMap;

#[derive(BlinkClone)]
struct Ages<S> {
    ages: HashMap<String, u32, S>,
}

fn main() {}
