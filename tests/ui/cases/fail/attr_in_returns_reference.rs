//! A frame in a field ends with the function, and not with `self`.

use blink_alloc::{Blink, blink_frame};

struct Shouter {
    scratch: Blink,
}

impl Shouter {
    #[blink_frame(in = self.scratch)]
    fn shout(&mut self, text: &str) -> &str {
        let copy = blink.copy_str(text);
        copy.make_ascii_uppercase();
        copy
    }
}

fn main() {
    Shouter { scratch: Blink::new() }.shout("a");
}
