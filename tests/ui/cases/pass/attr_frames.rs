//! What the handles of a function and its caller may be used for at the same time.

use blink_alloc::{Blink, Frame, Slot, blink_frame};

struct Node<'o> {
    name: &'o str,
    next: Option<&'o Node<'o>>,
}

/// Results in one arena, scratch in another, which change places for callees.
#[blink_frame(mine)]
fn list<'o>(mine: &mut Frame<'_>, out: &mut Frame<'o>, names: &[&str]) -> Option<&'o Node<'o>> {
    let (first, rest) = names.split_first()?;
    let next = list(mine, out, rest);
    let upper = mine.copy_str(first);
    upper.make_ascii_uppercase();
    Some(out.put_no_drop(Node {
        name: out.copy_str(upper),
        next,
    }))
}

/// Fills a place of the caller's from a frame of its own.
#[blink_frame]
fn longest<'o>(slot: Slot<'o, &'o str>, mut node: Option<&Node<'o>>) -> &'o mut &'o str {
    let names = blink.emplace_no_drop().from_iter(std::iter::from_fn(|| {
        let this = node?;
        node = this.next;
        Some(this.name)
    }));
    names.sort_by_key(|name| name.len());
    slot.fill(names.last().copied().unwrap_or_default())
}

/// References of the caller's frame stay good beside frames.
#[blink_frame]
fn both() -> usize {
    let mut scratch = Blink::new();
    let names = blink.fill_iter(["a", "ccc", "bb"]);
    let nodes = list(&mut scratch.as_frame(), blink, names);
    let slot = blink.slot();
    let longest = longest(blink, slot, nodes);
    assert_eq!(*longest, "CCC");
    assert_eq!(nodes.unwrap().name, "A");
    names.len() + longest.len()
}

fn main() {
    let mut root = Blink::new();
    assert_eq!(both(&mut root.as_frame()), 6);
    assert_eq!(root.allocator().allocated_bytes(), 0);
}
