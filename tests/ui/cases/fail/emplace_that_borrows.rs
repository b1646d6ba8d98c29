//! What a builder makes is dropped by the arena too.

use blink_alloc::Blink;

struct Prints<'a>(&'a String);

impl Drop for Prints<'_> {
    fn drop(&mut self) {
        println!("{}", self.0);
    }
}

fn main() {
    let blink = Blink::new();
    let text = String::new();
    blink.emplace().with(|| Prints(&text));
}
