//! A type that owns memory is not copied bit by bit.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
#[blink(copy)]
struct Name(String);

fn main() {}
