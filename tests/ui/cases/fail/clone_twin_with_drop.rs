//! A destructor of the twin would not run.

use blink_alloc::{Blink, BlinkClone};

#[derive(BlinkClone)]
struct Name {
    name: String,
}

impl Drop for BlinkName<'_> {
    fn drop(&mut self) {
        println!("{}", self.name);
    }
}

fn main() {
    let blink = Blink::new();
    blink.clone_in(&Name {
        name: String::from("a"),
    });
}
