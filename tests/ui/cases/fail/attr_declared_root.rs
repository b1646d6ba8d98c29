//! A parameter that is an arena: `in` enters it, under another name.

use blink_alloc::{Blink, blink_frame};

#[blink_frame]
fn answer(blink: &mut Blink) -> u32 {
    *blink.put(42)
}

fn main() {}
