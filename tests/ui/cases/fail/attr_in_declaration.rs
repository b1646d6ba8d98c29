//! Without a body there is nothing to be in a frame.

use blink_alloc::blink_frame;

trait Answers {
    #[blink_frame(in = self.scratch)]
    fn answer(&mut self) -> u32;
}

fn main() {}
