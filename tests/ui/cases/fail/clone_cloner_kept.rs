//! The cloner is there for the time of a copy.

use blink_alloc::{Blink, BlinkClone, Cloner};
use std::cell::Cell;

struct Name<'k>(String, &'k Cell<&'static str>);

impl<'blink> BlinkClone<'blink> for Name<'_> {
    type Cloned = &'blink str;

    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<&'blink str, C::Error> {
        let copy = cx.str(&self.0)?;
        self.1.set(copy);
        Ok(copy)
    }
}

fn main() {
    let kept = Cell::new("");
    let blink = Blink::new();
    blink.clone_in(&Name(String::from("a"), &kept));
    drop(blink);
    println!("{}", kept.get());
}
