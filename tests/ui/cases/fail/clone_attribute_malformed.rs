//! Attributes that are not like any.

use blink_alloc::BlinkClone;

#[derive(BlinkClone)]
#[blink]
struct A(u32);

#[derive(BlinkClone)]
#[blink = 1]
struct B(u32);

#[derive(BlinkClone)]
#[blink(copy = 3)]
struct C(u32);

#[derive(BlinkClone)]
#[blink(copy(Clone))]
struct D(u32);

#[derive(BlinkClone)]
#[blink(derive)]
struct E(u32);

#[derive(BlinkClone)]
#[blink(derive = Debug)]
struct F(u32);

#[derive(BlinkClone)]
#[blink(mirror)]
struct G(u32);

#[derive(BlinkClone)]
#[blink(mirror = "Twin")]
struct H(u32);

#[derive(BlinkClone)]
#[blink(mirror = a::Twin)]
struct I(u32);

#[derive(BlinkClone)]
#[blink(copy mirror)]
struct J(u32);

#[derive(BlinkClone)]
#[blink("copy")]
struct K(u32);

#[derive(BlinkClone)]
#[blink(bound = "T: Clone")]
struct L(u32);

#[derive(BlinkClone)]
#[blink(crate)]
struct M(u32);

fn main() {}
