//! The items of a slice are dropped by the arena too, and must not see what is gone.

use blink_alloc::Blink;

#[derive(Clone)]
struct Prints<'a>(&'a String);

impl Drop for Prints<'_> {
    fn drop(&mut self) {
        println!("{}", self.0);
    }
}

fn moved(blink: &Blink, text: &String) {
    blink.put_slice([Prints(text)]);
}

fn cloned(blink: &Blink, text: &String) {
    blink.clone_slice(&[Prints(text)]);
}

fn filled(blink: &Blink, text: &String) {
    blink.fill(2, Prints(text));
}

fn made(blink: &Blink, text: &String) {
    blink.fill_with(2, |_| Prints(text));
}

fn collected(blink: &Blink, text: &String) {
    blink.fill_iter([Prints(text)]);
}

fn collected_at_the_end(blink: &mut Blink, text: &String) {
    use blink_alloc::IteratorExt;
    [Prints(text)].into_iter().collect_to_blink(blink);
}

fn main() {}
