//! Attributes of fields that are not like any.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
struct Fields {
    #[blink]
    a: u32,
    #[blink = 1]
    b: u32,
    #[blink(copy = 3)]
    c: u32,
    #[blink(as)]
    d: u32,
    #[blink(as = )]
    e: u32,
    #[blink(as = "u32")]
    f: u32,
    #[blink(as(u32))]
    g: u32,
    #[blink(as = u32, with)]
    h: u32,
    #[blink(as = u32, with = |n, _| n)]
    i: u32,
    #[blink(mirror = Twin)]
    j: u32,
    #[blink(skip; copy)]
    k: u32,
    #[blink(skip(true))]
    l: u32,
    #[blink(,)]
    m: u32,
}

fn main() {}
