//! There are no frames in a vector.

use blink_alloc::blink_frame;

struct Search {
    scratch: Vec<u8>,
}

impl Search {
    #[blink_frame(in = self.scratch)]
    fn answer(&mut self) -> u32 {
        *blink.put(42)
    }
}

fn main() {
    Search { scratch: Vec::new() }.answer();
}
