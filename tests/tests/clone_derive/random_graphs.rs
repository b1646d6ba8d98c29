//! Random graphs of shared nodes: the copy has the same nodes and the same edges.

use std::collections::HashMap;

use blink_alloc::BlinkAlloc;
use blink_tests::{base::Base, random::Random};

use super::*;

#[derive(BlinkClone)]
struct Node {
    id: usize,
    name: String,
    down: RefCell<Vec<Rc<Node>>>,
    back: RefCell<Vec<Weak<Node>>>,
    any: Cell<Option<u8>>,
    kind: Kind,
}

#[derive(BlinkClone)]
enum Kind {
    Plain,
    Shared(Rc<str>),
    #[allow(clippy::rc_buffer, reason = "a pointer to a vector is meant")]
    Words(Rc<Vec<String>>),
}

/// The nodes of an acyclic graph that the first one owns; each knows some before it.
fn graph(random: &mut Random, nodes: usize) -> Rc<Node> {
    let (text, words): (Rc<str>, _) = ("shared".into(), Rc::new(strings(["to", "be"])));
    let all: Vec<Rc<Node>> = (0..nodes)
        .map(|id| {
            Rc::new(Node {
                id,
                name: format!("node {id}"),
                down: RefCell::default(),
                back: RefCell::default(),
                any: Cell::new(random.once_in(2).then_some(id as u8)),
                kind: match random.below(3) {
                    0 => Kind::Plain,
                    1 => Kind::Shared(text.clone()),
                    _ => Kind::Words(words.clone()),
                },
            })
        })
        .collect();
    for at in 1..nodes {
        for _ in 0..=random.below(3) {
            all[random.below(at)]
                .down
                .borrow_mut()
                .push(all[at].clone());
        }
        for _ in 0..random.below(3) {
            all[at]
                .back
                .borrow_mut()
                .push(Rc::downgrade(&all[random.below(nodes)]));
        }
        if random.once_in(5) {
            all[at].back.borrow_mut().push(Weak::new());
        }
    }
    all[0].clone()
}

/// A node by its number: name, edges down and back, the rest.
type Shape = HashMap<
    usize,
    (
        String,
        Vec<usize>,
        Vec<Option<usize>>,
        Option<u8>,
        Option<usize>,
    ),
>;

fn shape(node: &Node, shape_of: &mut Shape, places: &mut HashMap<*const Node, usize>) {
    let old = places.insert(node, node.id);
    assert!(old.is_none_or(|id| id == node.id));
    if old.is_some() {
        return;
    }
    let down = node.down.borrow().iter().map(|node| node.id).collect();
    let back = node
        .back
        .borrow()
        .iter()
        .map(|node| Some(node.upgrade()?.id))
        .collect();
    let kind = match &node.kind {
        Kind::Plain => None,
        Kind::Shared(text) => Some(text.len()),
        Kind::Words(words) => Some(words.len()),
    };
    shape_of.insert(
        node.id,
        (node.name.clone(), down, back, node.any.get(), kind),
    );
    for node in &*node.down.borrow() {
        shape(node, shape_of, places);
    }
}

/// The same of a copy. Nodes with one number are one node.
fn shape_of_copy(
    node: &BlinkNode<'_>,
    shape_of: &mut Shape,
    places: &mut HashMap<usize, *const ()>,
    shared: &mut HashMap<usize, *const ()>,
) {
    let place = std::ptr::from_ref(node).cast();
    let old = *places.entry(node.id).or_insert(place);
    assert_eq!(old, place, "a node was copied twice");
    if shape_of.contains_key(&node.id) {
        return;
    }
    let down = node.down.borrow().iter().map(|node| node.id).collect();
    let back = node
        .back
        .borrow()
        .iter()
        .map(|node| Some(node.upgrade()?.id))
        .collect();
    let kind = match node.kind {
        BlinkKind::Plain => None,
        BlinkKind::Shared(text) => Some((text.len(), text.as_ptr().cast())),
        BlinkKind::Words(words) => Some((words.len(), std::ptr::from_ref(words).cast())),
    };
    if let Some((len, place)) = kind {
        assert_eq!(
            *shared.entry(len).or_insert(place),
            place,
            "a value was copied twice"
        );
    }
    let kind = kind.map(|(len, _)| len);
    shape_of.insert(
        node.id,
        (node.name.to_string(), down, back, node.any.get(), kind),
    );
    for node in *node.down.borrow() {
        shape_of_copy(node, shape_of, places, shared);
    }
    for node in *node.back.borrow() {
        let Some(node) = node.upgrade() else { continue };
        let place = std::ptr::from_ref(node).cast();
        assert_eq!(
            *places.entry(node.id).or_insert(place),
            place,
            "an edge leads elsewhere"
        );
    }
}

fn check(
    random: &mut Random,
    copied: impl FnOnce(Rc<Node>, &dyn Fn(&BlinkNode<'_>) -> Shape) -> Shape,
) {
    let nodes = random.scaled(60);
    let original = graph(random, nodes);
    let mut expected = Shape::new();
    shape(&original, &mut expected, &mut HashMap::new());
    let shape_of = |copy: &BlinkNode<'_>| {
        let mut shape = Shape::new();
        shape_of_copy(copy, &mut shape, &mut HashMap::new(), &mut HashMap::new());
        shape
    };
    let found = copied(original, &shape_of);
    assert_eq!(found, expected);
}

#[test]
fn graphs_in_an_arena() {
    for base in Base::all() {
        for seed in 0..30 {
            check(&mut Random::new(seed), |original, shape| {
                let blink = Blink::new_in(BlinkAlloc::with_chunk_size_in(256, base.again()));
                let copy = blink.clone_in(&original);
                drop(original);
                blink.fill(500, 0xee_u8);
                shape(copy)
            });
        }
    }
}

#[test]
fn graphs_in_frames_and_elsewhere() {
    let mut root = Blink::new();
    let sent = SendBlink::new(Blink::new());
    let shared = SyncBlink::new();
    for seed in 0..30 {
        let random = &mut Random::new(seed);
        check(random, |original, shape| {
            root.scope(|frame| {
                let copy = frame.clone_in(&original);
                frame.scope(|frame| assert_eq!(shape(frame.clone_in(&original)), shape(copy)));
                drop(original);
                shape(copy)
            })
        });
        check(random, |original, shape| shape(sent.clone_in(&original)));
        check(random, |original, shape| shape(shared.clone_in(&original)));
    }
}
