//! Which values may be sent is not for users to say, except by `Send`.

use blink_alloc::{Holds, Sendable};

struct Mine(*mut u8);

impl Holds<Mine> for Sendable {}

fn main() {}
