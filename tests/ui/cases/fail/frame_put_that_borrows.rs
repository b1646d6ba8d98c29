//! Rule 3: what is dropped at the end of a frame is `'static`, since the guard may be forgotten.

use blink_alloc::Blink;

fn main() {
    let [a, b, c, d] = [1, 2, 3, 4];
    let mut blink = Blink::new();
    let mut parent = blink.as_frame();
    let number = parent.put(1);
    parent.scope(|frame| {
        frame.put(vec![&a]);
        frame.fill(2, vec![&b]);
        frame.emplace().with(|| vec![&c]);
        frame.put_slice(vec![&d]);
        frame.put(Box::new(&*number));
    });
}
