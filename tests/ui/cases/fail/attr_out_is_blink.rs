//! One frame cannot be the function's own and take its results.

use blink_alloc::{Blink, Frame, blink_frame};

#[blink_frame]
fn upper<'o>(out: &mut Frame<'o>, text: &str) -> &'o str {
    let copy = blink.copy_str(text);
    copy.make_ascii_uppercase();
    out.copy_str(copy)
}

fn main() {
    let mut root = Blink::new();
    let mut frame = root.as_frame();
    upper(&mut frame, &mut frame, "text");
}
