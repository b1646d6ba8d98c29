//! A type with a field that cannot be copied is used: the compiler says so for each use.

use blink_alloc::{Blink, BlinkClone};

struct Color;

#[derive(BlinkClone)]
struct Pixel {
    name: String,
    color: Color,
}

#[derive(BlinkClone)]
struct Image {
    pixels: Vec<Pixel>,
}

fn main() {
    let blink = Blink::new();
    blink.clone_in(&Pixel {
        name: String::new(),
        color: Color,
    });
    let image = blink.clone_in(&Image { pixels: Vec::new() });
    println!("{}", image.pixels[0].name);
}
