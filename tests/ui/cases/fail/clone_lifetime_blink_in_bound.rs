//! The name of the arena's lifetime is taken by a bound.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
struct Token<T>
where
    T: for<'blink> PartialEq<&'blink T>,
{
    name: String,
    value: T,
}

fn main() {}
