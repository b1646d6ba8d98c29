//! A function that copies something else.

use blink_alloc::{BlinkClone, Cloner};

#[derive(BlinkClone)]
struct Name {
    #[blink(as = usize, with = length)]
    name: String,
}

fn length<'blink, C: Cloner<'blink>>(numbers: &Vec<u32>, _: &mut C) -> Result<usize, C::Error> {
    Ok(numbers.len())
}

fn main() {}
