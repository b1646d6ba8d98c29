//! The arena drops what is put later than what that borrows.

use blink_alloc::BlinkClone;

struct Guard<'a>(&'a u32);

impl Clone for Guard<'_> {
    fn clone(&self) -> Self {
        Guard(self.0)
    }
}

#[derive(BlinkClone)]
#[blink(mirror = Kept)]
struct Holder<'a> {
    #[blink(put)]
    guard: Guard<'a>,
}

fn main() {}
