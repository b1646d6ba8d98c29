//! A function whose result does not live in the arena.

use blink_alloc::{BlinkClone, Cloner};

#[derive(BlinkClone)]
struct Name {
    #[blink(as = &'blink str, with = same)]
    name: String,
}

fn same<'a, 'blink, C: Cloner<'blink>>(name: &'a str, _: &mut C) -> Result<&'a str, C::Error> {
    Ok(name)
}

fn main() {}
