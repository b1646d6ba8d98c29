//! A value becomes a `&mut dyn Trait`, and is dropped all the same.

use std::{fmt::Display, rc::Rc};

use blink_alloc::Blink;

fn main() {
    let mut blink = Blink::new();
    let counted = Rc::new(7);
    let shown: &mut dyn Display = blink.put(counted.clone());
    assert_eq!(shown.to_string(), "7");
    blink.reset();
    assert_eq!(Rc::strong_count(&counted), 1);
}
