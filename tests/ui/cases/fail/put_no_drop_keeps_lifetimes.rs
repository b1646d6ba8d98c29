//! A value that is never dropped is still bound to what it borrows.

use blink_alloc::Blink;

fn main() {
    let blink = Blink::new();
    let kept = {
        let text = String::new();
        blink.put_no_drop(&text)
    };
    println!("{kept}");
}
