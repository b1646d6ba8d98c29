//! A vector, a string, or a slice that was one, ends before the arena is reset.

use blink_alloc::{Blink, BlinkString, BlinkVec};

fn vector(blink: &mut Blink) {
    let mut numbers = BlinkVec::new_in(&*blink);
    numbers.push(1);
    blink.reset();
    numbers.push(2);
}

fn vector_that_is_dropped(blink: &mut Blink) {
    let _numbers = blink.vec::<u8>();
    blink.reset();
}

fn slice(blink: &mut Blink) {
    let names = BlinkVec::from_iter_in([String::new()], &*blink).into_slice();
    blink.drop_all();
    names[0].clear();
}

fn string(blink: &mut Blink) {
    let string = BlinkString::from_str_in("text", &*blink).into_str();
    blink.reset();
    string.make_ascii_uppercase();
}

fn text(blink: &mut Blink) {
    let text = blink.format(format_args!("{}", 1));
    let path = blink.copy_path("a/b");
    blink.reset();
    assert_eq!(path, &*text);
}

fn main() {}
