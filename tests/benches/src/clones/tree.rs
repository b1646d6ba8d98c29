//! Trees, and their copies by the derive and by hand.

use core::mem::MaybeUninit;

use blink_alloc::{Blink, BlinkClone};

use crate::words::words;

/// A node of a tree.
#[derive(Clone, Debug, BlinkClone)]
#[blink(derive(Clone, Copy, Debug))]
pub struct Node {
    /// Counts the nodes from the root on.
    pub id: u64,
    /// A word of a text.
    pub name: String,
    /// The nodes below.
    pub children: Vec<Node>,
}

/// A node that is in an arena already.
#[derive(Clone, Copy, Debug, BlinkClone)]
pub struct ArenaNode<'a> {
    /// [`Node::id`].
    pub id: u64,
    /// [`Node::name`].
    pub name: &'a str,
    /// [`Node::children`].
    pub children: &'a [ArenaNode<'a>],
}

impl<'a> ArenaNode<'a> {
    /// A tree like another one, in the order in which it is walked.
    pub fn of(node: &Node, blink: &'a Blink) -> Self {
        let name = blink.copy_str(&node.name);
        let places = blink.uninit_slice(node.children.len());
        for (place, child) in places.iter_mut().zip(&node.children) {
            place.write(Self::of(child, blink));
        }
        Self {
            id: node.id,
            name,
            // SAFETY: there are as many places as children.
            children: unsafe { assume_init(places) },
        }
    }
}

/// How many children a node has, from the root down: 1000 nodes, of which 576 have none.
const CHILDREN: &[usize] = &[3, 4, 2, 4, 3, 2];

/// A tree of 1000 nodes.
pub fn tree_of_1000() -> Node {
    build(&mut (0..), &mut words(), CHILDREN)
}

/// A root with 989 trees of 1000 nodes.
pub fn tree_of_989_001() -> Node {
    build(&mut (0..), &mut words(), &[&[989, 1], CHILDREN].concat())
}

/// Builds the node before its children, and the name before both.
fn build(
    ids: &mut impl Iterator<Item = u64>,
    names: &mut impl Iterator<Item = &'static str>,
    levels: &[usize],
) -> Node {
    let id = ids.next().unwrap_or(0);
    let name = names.next().unwrap_or("").to_owned();
    let children = match levels {
        [count, below @ ..] => (0..*count).map(|_| build(ids, names, below)).collect(),
        [] => Vec::new(),
    };
    Node { id, name, children }
}

/// Copies a tree without the trait, by the methods of the adaptor.
pub fn copy_by_hand<'a>(blink: &'a Blink, node: &Node) -> BlinkNode<'a> {
    let name = blink.copy_str(&node.name);
    let places = blink.uninit_slice(node.children.len());
    for (place, child) in places.iter_mut().zip(&node.children) {
        place.write(copy_by_hand(blink, child));
    }
    BlinkNode {
        id: node.id,
        name,
        // SAFETY: there are as many places as children.
        children: unsafe { assume_init(places) },
    }
}

/// The same in bumpalo, whose slices are reserved first, too.
pub fn copy_in_bumpalo<'a>(bump: &'a bumpalo::Bump, node: &Node) -> BlinkNode<'a> {
    let children = node.children.iter();
    BlinkNode {
        id: node.id,
        name: bump.alloc_str(&node.name),
        children: bump.alloc_slice_fill_iter(children.map(|child| copy_in_bumpalo(bump, child))),
    }
}

/// # Safety
///
/// All places are initialized.
unsafe fn assume_init<T>(places: &mut [MaybeUninit<T>]) -> &[T] {
    let items: *const [MaybeUninit<T>] = places;
    // SAFETY: the caller's promise; a `MaybeUninit` has the layout of what is in it.
    unsafe { &*(items as *const [T]) }
}

/// Defines a function that reads of each node the number, and the length of the name and its
/// first letter.
macro_rules! walks {
    ($(#[$doc:meta])* $name:ident $([$($generics:tt)*])?, $Node:ty) => {
        $(#[$doc])*
        pub fn $name $(<$($generics)*>)? (node: &$Node) -> u64 {
            let name: &[u8] = node.name.as_ref();
            let letter = name.first().map_or(0, |letter| u64::from(*letter));
            let children = node.children.iter().map($name);
            node.id + name.len() as u64 + letter + children.sum::<u64>()
        }
    };
}

pub(crate) use walks;

walks!(
    /// Walks a tree.
    walk, Node
);
walks!(
    /// Walks a tree in an arena.
    walk_arena, ArenaNode<'_>
);
walks!(
    /// Walks a copy.
    walk_copy, BlinkNode<'_>
);
