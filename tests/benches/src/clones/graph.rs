//! A graph of nodes with several owners, in which a deep copy meets each node several times.

use std::{collections::HashMap, rc::Rc};

use blink_alloc::BlinkClone;

/// A node that others share.
#[derive(Debug, BlinkClone)]
#[blink(derive(Clone, Copy, Debug))]
pub struct GraphNode {
    /// Counts the nodes.
    pub id: u64,
    /// The nodes of the next layer that it leads to.
    pub next: Vec<Rc<GraphNode>>,
}

/// How often each node is reached.
const SHARED: usize = 3;

/// A graph of `layers` times `width` nodes, each of which is reached three times: by its layer's
/// neighbours in the layer before, those of the first layer from outside.
pub fn graph(layers: usize, width: usize) -> Vec<Rc<GraphNode>> {
    let mut id = 0;
    let mut layer: Vec<Rc<GraphNode>> = Vec::new();
    for _ in 0..layers {
        let next = |at: usize| match &layer[..] {
            [] => Vec::new(),
            // Far apart, so that the order of a copy is not that of the layers.
            below => (0..SHARED)
                .map(|k| Rc::clone(&below[(at * 7 + k * 331) % width]))
                .collect(),
        };
        let node = |at| {
            id += 1;
            Rc::new(GraphNode { id, next: next(at) })
        };
        layer = (0..width).map(node).collect();
    }
    (0..SHARED).flat_map(|_| layer.clone()).collect()
}

/// 100 layers, of 1000 nodes each.
pub fn graph_of_100_000() -> Vec<Rc<GraphNode>> {
    graph(100, 1000)
}

/// The nodes that have been copied.
type Known<'a> = HashMap<*const GraphNode, &'a BlinkGraphNode<'a>>;

/// The same copy by hand in bumpalo, with the standard library's map.
pub fn copy_in_bumpalo<'a>(
    bump: &'a bumpalo::Bump,
    nodes: &[Rc<GraphNode>],
    known: &mut Known<'a>,
) -> &'a [&'a BlinkGraphNode<'a>] {
    bump.alloc_slice_fill_iter(nodes.iter().map(|node| {
        if let Some(copy) = known.get(&Rc::as_ptr(node)) {
            return *copy;
        }
        let next = copy_in_bumpalo(bump, &node.next, known);
        let copy: &_ = bump.alloc(BlinkGraphNode { id: node.id, next });
        known.insert(Rc::as_ptr(node), copy);
        copy
    }))
}
