//! What a function makes has to be said.

use blink_alloc::{BlinkClone, Cloner};

#[derive(BlinkClone)]
struct Name {
    #[blink(with = lower)]
    name: String,
}

fn lower<'blink, C: Cloner<'blink>>(name: &str, cx: &mut C) -> Result<&'blink str, C::Error> {
    let name = cx.str(name)?;
    name.make_ascii_lowercase();
    Ok(name)
}

fn main() {}
