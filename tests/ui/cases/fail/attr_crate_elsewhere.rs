//! `crate = path` does not lead to an unsafe function.

#![forbid(unsafe_code)]

use blink_alloc::blink_frame;

mod elsewhere {
    pub type Frame<'a> = (String, crate::Values<'a>);

    pub mod __private {
        pub use std::ptr::read as enter_body;
    }
}

pub struct Values<'a>(&'a str);

impl Values<'_> {
    pub fn handle(&mut self) -> usize {
        self.0.len()
    }
}

#[blink_frame(crate = elsewhere)]
fn twice_dropped() -> usize {
    *blink
}

fn main() {
    twice_dropped(&mut ("dropped".to_owned(), Values("")));
}
