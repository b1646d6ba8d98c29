//! I7: what is in the box may be bound to its thread.

use std::any::Any;

use blink_alloc::SyncBlink;

fn main() {
    let value: Box<dyn Any> = Box::new(1);
    SyncBlink::new().put_box(value);
}
