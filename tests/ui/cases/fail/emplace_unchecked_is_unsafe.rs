//! What borrows is dropped by the arena only for a promise.

use blink_alloc::Blink;

fn main() {
    let text = String::new();
    let blink = Blink::new();
    blink.emplace_unchecked().value(&text);
}
