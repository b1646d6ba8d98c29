//! What has a destructor and borrows might outlive what it borrows, if a future is forgotten.

use blink_alloc::blink_frame;

struct Noisy<'a>(&'a str);

impl Drop for Noisy<'_> {
    fn drop(&mut self) {
        println!("{}", self.0);
    }
}

#[blink_frame]
fn noise(text: &str) {
    blink.put(Noisy(text));
}

fn main() {}
