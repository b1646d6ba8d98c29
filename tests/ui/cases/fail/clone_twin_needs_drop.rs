//! A copy is not dropped, and so nothing of it may need to be.

use blink_alloc::{Blink, BlinkClone, Cloner};

#[derive(BlinkClone)]
struct Pixel {
    #[blink(as = String, with = own)]
    name: String,
}

fn own<'blink, C: Cloner<'blink>>(name: &String, _: &mut C) -> Result<String, C::Error> {
    Ok(name.clone())
}

fn main() {
    let blink = Blink::new();
    blink.clone_in(&Pixel {
        name: String::from("a"),
    });
}
