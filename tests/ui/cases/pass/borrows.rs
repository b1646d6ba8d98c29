//! What borrows from the arena or from elsewhere goes in without a destructor, and the arena
//! may be filled while references into it are in use.

use blink_alloc::Blink;

struct Node<'a> {
    name: &'a str,
    next: Option<&'a Node<'a>>,
}

fn main() {
    let name = String::from("first");
    let blink = Blink::new();
    let first = blink.put_no_drop(Node {
        name: &name,
        next: None,
    });
    let second = blink.put_no_drop(Node {
        name: blink.copy_str("second"),
        next: Some(first),
    });
    assert_eq!(second.name, "second");
    assert_eq!(second.next.unwrap().name, "first");
}
