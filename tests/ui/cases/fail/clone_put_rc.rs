//! An arena that can be sent drops what is put wherever it is then.

use std::rc::Rc;

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
struct Name {
    #[blink(put)]
    name: Rc<str>,
}

fn main() {}
