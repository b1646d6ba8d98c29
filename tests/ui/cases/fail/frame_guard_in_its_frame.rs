//! Rule 2: a guard does not move into the frame that it ends, nor into another one to be
//! dropped there.

use blink_alloc::Blink;

fn main() {
    let mut blink = Blink::new();
    let mut guard = blink.enter();
    guard.frame().put_no_drop(guard);

    let mut blink = Blink::new();
    let mut other = Blink::new();
    let guard = blink.enter();
    other.as_frame().put(guard);
}
