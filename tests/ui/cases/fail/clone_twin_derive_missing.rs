//! A derive of the twin that the copy of a field does not allow.

use blink_alloc::BlinkClone;

struct Color;

#[derive(BlinkClone)]
#[blink(derive(Debug))]
struct Pixel {
    name: String,
    #[blink(as = &'blink Color, with = color)]
    color: Color,
}

fn color<'blink, C: blink_alloc::Cloner<'blink>>(
    _: &Color,
    cx: &mut C,
) -> Result<&'blink Color, C::Error> {
    Ok(cx.put(Color)?)
}

fn main() {}
