//! The arena of the frame is borrowed until the frame ends.

use blink_alloc::{Blink, blink_frame};

struct Search {
    scratch: Blink,
}

impl Search {
    #[blink_frame(in = self.scratch)]
    fn run(&mut self) {
        let text = blink.copy_str("text");
        self.scratch.reset();
        text.make_ascii_uppercase();
    }
}

fn main() {
    Search { scratch: Blink::new() }.run();
}
