//! The attribute belongs to the derive.

#[blink(copy)]
#[derive(Clone, Copy)]
struct Pixel {
    x: u32,
}

fn main() {}
