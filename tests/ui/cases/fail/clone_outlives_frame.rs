//! A copy is in the arena until the end of the frame.

use blink_alloc::{Blink, BlinkClone, Frame, blink_frame};

#[derive(BlinkClone)]
struct Name {
    name: String,
}

fn first(parent: &mut Frame<'_>, names: &[Name]) {
    let mut guard = parent.enter();
    let copy = guard.frame().clone_in(&names[0]);
    drop(guard);
    println!("{}", copy.name);
}

#[blink_frame]
fn second(names: &[Name]) -> &str {
    blink.clone_in(&names[1]).name
}

fn main() {
    let mut blink = Blink::new();
    let names = [];
    first(&mut blink.as_frame(), &names);
    second(&mut blink.as_frame(), &names);
    let mut copy = None;
    blink.scope(|frame| copy = Some(frame.clone_in("text")));
}
