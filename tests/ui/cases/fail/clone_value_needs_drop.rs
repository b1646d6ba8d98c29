//! An implementation by hand that makes what would have to be dropped.

use blink_alloc::{Blink, BlinkClone, Cloner};

struct Name(String);

impl<'blink> BlinkClone<'blink> for Name {
    type Cloned = String;

    fn blink_clone<C: Cloner<'blink>>(&self, _: &mut C) -> Result<String, C::Error> {
        Ok(self.0.clone())
    }
}

fn main() {
    let blink = Blink::new();
    blink.clone_in(&Some(Box::new(Name(String::from("a")))));
}
