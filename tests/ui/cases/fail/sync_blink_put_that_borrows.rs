//! I6: a destructor that the arena runs must not see what is gone already.

use blink_alloc::SyncBlink;

struct Prints<'a>(&'a str);

impl Drop for Prints<'_> {
    fn drop(&mut self) {
        println!("{}", self.0);
    }
}

fn main() {
    let blink = SyncBlink::new();
    let text = String::from("gone before the adaptor");
    blink.put(Prints(&text));
    let short = blink.copy_str("gone with the others");
    blink.put(Prints(short));
}
