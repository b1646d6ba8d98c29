//! A destructor that the arena runs could see its neighbour when that is gone.

use blink_alloc::Blink;

struct Prints<'a>(&'a String);

impl Drop for Prints<'_> {
    fn drop(&mut self) {
        println!("{}", self.0);
    }
}

fn main() {
    let blink = Blink::new();
    let text = blink.put(String::new());
    blink.put(Prints(text));
}
