//! A copy is in the arena as long as that is there.

use blink_alloc::{Blink, BlinkClone};

#[derive(BlinkClone)]
struct Name {
    name: String,
}

fn copied(name: &Name) -> BlinkName<'_> {
    let blink = Blink::new();
    blink.clone_in(name)
}

fn main() {
    let name = Name {
        name: String::new(),
    };
    let copy = {
        let blink = Blink::new();
        blink.clone_in(&name)
    };
    println!("{}{}", copy.name, copied(&name).name);
}
