//! Where an implementation has its arena from is not the trait's business.

use blink_alloc::blink_frame;

trait Answers {
    #[blink_frame(thread_local)]
    fn answer(&self) -> u32;
}

fn main() {}
