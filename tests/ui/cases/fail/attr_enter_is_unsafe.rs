//! The two guards of a frame are not for anybody: one without the other is no frame.

use blink_alloc::Blink;

fn main() {
    let mut root = Blink::new();
    let mut frame = root.as_frame();
    let (tip, mut values) = frame.__enter_body();
    let handle = values.handle();
    let dangling = handle.put_no_drop(1);
    drop(tip);
    handle.put_no_drop(2);
    assert_eq!(*dangling, 1);
}
