//! A `&mut` is not copied, but what is behind it can be.

use blink_alloc::Blink;

fn main() {
    let blink = Blink::new();
    let mut number = 1;
    let mine = &mut number;
    blink.clone_in(mine);
    blink.clone_in(&mine);
}
