//! Rule 2: a handle borrows its guard, which therefore has to be in a variable.

use blink_alloc::Blink;

fn main() {
    let mut blink = Blink::new();
    let frame = blink.enter().frame();
    frame.put(1);
}
