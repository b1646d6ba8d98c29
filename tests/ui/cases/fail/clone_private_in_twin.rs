//! The twin's fields are as private as those of the type.

use blink_alloc::{Blink, BlinkClone};

mod names {
    #[derive(blink_alloc::BlinkClone, Default)]
    pub struct Name {
        name: String,
        pub other: String,
    }
}

fn copy<T>(_: T)
where
    T: for<'a> BlinkClone<'a>,
{
}

fn main() {
    let blink = Blink::new();
    copy(names::Name::default());
    let copy = blink.clone_in(&names::Name::default());
    println!("{}{}", copy.other, copy.name);
}
