//! An arena behind a shared reference has no frames.

use blink_alloc::{Blink, blink_frame};

struct Search {
    scratch: Blink,
}

impl Search {
    #[blink_frame(in = self.scratch)]
    fn answer(&self) -> u32 {
        *blink.put(42)
    }
}

fn main() {
    Search { scratch: Blink::new() }.answer();
}
