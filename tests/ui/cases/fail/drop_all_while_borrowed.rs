//! `drop_all` drops what the reference points to.

use blink_alloc::Blink;

fn main() {
    let mut blink = Blink::new();
    let text = blink.put(String::new());
    blink.drop_all();
    text.push('x');
}
