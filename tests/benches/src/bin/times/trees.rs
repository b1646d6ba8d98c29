//! A binary tree of 131 071 nodes: built from the leaves, walked, freed.

use std::hint::black_box;

use blink_benches::arenas::Arena;

use crate::jobs::Job;

/// Edges from the root to a leaf.
const DEPTH: u32 = 16;

/// Nodes of the whole tree, whose values add up to the leaves.
const LEAVES: u64 = 1 << DEPTH;

struct Node<'a> {
    left: Option<&'a Node<'a>>,
    right: Option<&'a Node<'a>>,
    value: u64,
}

/// Builds a tree whose nodes `put` places.
fn build<'a>(put: &impl Fn(Node<'a>) -> &'a Node<'a>, depth: u32) -> &'a Node<'a> {
    let child = || (depth > 0).then(|| build(put, depth - 1));
    let (left, right) = (child(), child());
    let value = u64::from(depth == 0);
    put(Node { left, right, value })
}

fn sum(node: &Node) -> u64 {
    let child = |child: Option<&Node>| child.map_or(0, sum);
    child(node.left) + child(node.right) + node.value
}

fn build_and_walk<'a>(put: impl Fn(Node<'a>) -> &'a Node<'a>) {
    let root = black_box(build(&put, DEPTH));
    assert_eq!(sum(root), LEAVES, "nodes have been overwritten");
}

/// In an arena, freed by a reset.
pub fn tree<A: Arena>() -> Job {
    let mut arena = A::default();
    Box::new(move || {
        build_and_walk(|node| arena.put_linked(node));
        arena.reset();
    })
}

/// In an arena of nodes, which goes as a whole.
pub fn tree_in_typed_arena() -> Job {
    Box::new(|| {
        let arena = typed_arena::Arena::new();
        build_and_walk(|node| arena.alloc(node));
    })
}

/// In an arena that takes destructors too.
pub fn tree_in_scoped_arena() -> Job {
    let mut scope = scoped_arena::Scope::new();
    Box::new(move || {
        build_and_walk(|node| scope.to_scope(node));
        scope.reset();
    })
}

struct Boxed {
    left: Option<Box<Boxed>>,
    right: Option<Box<Boxed>>,
    value: u64,
}

fn build_boxed(depth: u32) -> Box<Boxed> {
    let child = || (depth > 0).then(|| build_boxed(depth - 1));
    let (left, right) = (child(), child());
    let value = u64::from(depth == 0);
    Box::new(Boxed { left, right, value })
}

fn sum_boxed(node: &Boxed) -> u64 {
    let child = |child: &Option<Box<Boxed>>| child.as_deref().map_or(0, sum_boxed);
    child(&node.left) + child(&node.right) + node.value
}

/// On malloc, freed node by node.
pub fn tree_of_boxes() -> Job {
    Box::new(|| {
        let root = black_box(build_boxed(DEPTH));
        assert_eq!(sum_boxed(&root), LEAVES, "nodes have been overwritten");
    })
}
