//! The copy of a key has no order.

use blink_alloc::BlinkClone;
use std::collections::BTreeSet;

#[derive(BlinkClone, PartialEq, Eq, PartialOrd, Ord)]
struct Key(String);

#[derive(BlinkClone)]
struct Keys {
    #[blink(mirror)]
    keys: BTreeSet<Key>,
}

fn main() {}
