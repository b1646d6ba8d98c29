//! Whatever way a value went in, the memory goes with the adaptor.

use blink_alloc::{Blink, IteratorExt};

fn shared_value<'a>() -> &'a u8 {
    let blink = Blink::new();
    blink.emplace_shared().value(1)
}

fn slice<'a>() -> &'a mut [u8] {
    let blink = Blink::new();
    blink.fill(2, 1)
}

fn box_content<'a>() -> &'a mut str {
    let blink = Blink::new();
    blink.put_box("text".into())
}

fn collected<'a>() -> &'a mut [u8] {
    let mut blink = Blink::new();
    [1, 2].into_iter().collect_to_blink(&mut blink)
}

fn main() {}
