//! The adaptor of a handle is hidden, but every bound by `Handle` reaches it. It may outlive the
//! borrow of a frame's handle, so it is not for safe code.

use blink_alloc::{Blink, Handle};

fn adaptor_of<'a, H: Handle<'a>>(handle: H) {
    let blink = handle.adaptor();
    blink.copy_str("put into the frame");
}

fn main() {
    let mut blink = Blink::new();
    adaptor_of(&blink.as_frame());
}
