//! Whatever way a value went in, its reference ends with the reset.

use blink_alloc::{Blink, IteratorExt};

fn value_of_a_builder(mut blink: Blink) {
    let value = blink.emplace().with_fallible(|| "1".parse::<u8>());
    blink.reset();
    value.unwrap();
}

fn shared_value(mut blink: Blink) {
    let value: &u8 = blink.emplace_shared().value(1);
    blink.reset();
    println!("{value}");
}

fn unchecked_value(mut blink: Blink) {
    // SAFETY: borrows nothing.
    let value = unsafe { blink.emplace_unchecked().value(1) };
    blink.reset();
    *value = 2;
}

fn slice(mut blink: Blink) {
    let numbers = blink.put_slice(vec![1]);
    blink.reset();
    numbers[0] = 2;
}

fn box_content(mut blink: Blink) {
    let text = blink.put_box(Box::<str>::from("text"));
    blink.reset();
    text.make_ascii_uppercase();
}

fn collected(mut blink: Blink) {
    let numbers = [1, 2].into_iter().collect_to_blink_shared(&mut blink);
    blink.reset();
    println!("{numbers:?}");
}

fn main() {}
