//! A field that is put becomes a reference.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
struct Token<'a> {
    text: &'a str,
    #[blink(put)]
    name: String,
}

fn main() {}
