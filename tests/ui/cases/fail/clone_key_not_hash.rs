//! The copy of a key cannot be hashed.

use blink_alloc::BlinkClone;
use std::collections::HashMap;

#[derive(BlinkClone, PartialEq, Eq, Hash)]
struct Key(String);

#[derive(BlinkClone)]
struct Ages {
    ages: HashMap<Key, u32>,
}

fn main() {}
