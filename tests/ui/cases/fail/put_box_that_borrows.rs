//! A boxed trait object may hide what it borrows, and is dropped by the arena.

use blink_alloc::Blink;

fn main() {
    let blink = Blink::new();
    let text = String::new();
    let print: Box<dyn Fn()> = Box::new(|| println!("{text}"));
    blink.put_box(print);
}
