//! The attribute stands on the implementation, too.

use blink_alloc::blink_frame;

trait Answers {
    #[blink_frame]
    fn answer(&self) -> u32;
}

impl Answers for () {
    fn answer(&self) -> u32 {
        42
    }
}

fn main() {}
