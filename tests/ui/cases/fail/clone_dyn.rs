//! What a `dyn Trait` is, the copy would have to know.

use std::{any::Any, rc::Rc};

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
struct Boxed {
    value: Box<dyn Any>,
}

#[derive(BlinkClone)]
struct Shared {
    values: Vec<Rc<dyn Any + Send>>,
}

fn main() {}
