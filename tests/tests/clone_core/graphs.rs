//! Random graphs of shared values: two edges of the copy lead to one node iff those of the
//! original do.

use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
    ptr,
};

use blink_alloc::{Blink, BlinkClone, BlinkWeak, Cloner, SendBlink, SyncBlink};
use blink_tests::random::Random;

const SEEDS: u64 = if cfg!(miri) { 10 } else { 300 };

/// The nodes of a copy by their originals, as addresses.
#[derive(Default)]
struct Pairs {
    copies: HashMap<usize, usize>,
    originals: HashMap<usize, usize>,
}

impl Pairs {
    /// Notes that one was reached where the other is in the original; whether that is new.
    fn meet(&mut self, original: usize, copy: usize) -> bool {
        let new = self.copies.insert(original, copy);
        let old = self.originals.insert(copy, original);
        assert!(new.is_none_or(|known| known == copy), "copied twice");
        assert!(old.is_none_or(|known| known == original), "two as one");
        new.is_none()
    }
}

fn addr<T: ?Sized>(value: &T) -> usize {
    ptr::from_ref(value).cast::<()>().addr()
}

/// The tests for one kind of pointer.
macro_rules! graphs {
    ($name:ident, $strong:path, $weak:path) => {
        mod $name {
            use $strong as Strong;
            use $weak as Weak;

            use super::*;

            /// Strong edges lead to older nodes, weak ones anywhere.
            struct Node {
                id: u32,
                before: RefCell<Vec<Weak<Node>>>,
                strong: Vec<Strong<Node>>,
                boxed: Option<Box<Strong<Node>>>,
                after: RefCell<Vec<Weak<Node>>>,
            }

            struct NodeRef<'blink> {
                id: u32,
                before: &'blink [BlinkWeak<'blink, NodeRef<'blink>>],
                strong: &'blink [&'blink NodeRef<'blink>],
                boxed: Option<&'blink &'blink NodeRef<'blink>>,
                after: &'blink [BlinkWeak<'blink, NodeRef<'blink>>],
            }

            impl<'blink> BlinkClone<'blink> for Node {
                type Cloned = NodeRef<'blink>;

                fn blink_clone<C: Cloner<'blink>>(
                    &self,
                    cx: &mut C,
                ) -> Result<NodeRef<'blink>, C::Error> {
                    Ok(NodeRef {
                        id: self.id.blink_clone(cx)?,
                        before: self.before.borrow().blink_clone(cx)?,
                        strong: self.strong.blink_clone(cx)?,
                        boxed: self.boxed.blink_clone(cx)?,
                        after: self.after.borrow().blink_clone(cx)?,
                    })
                }
            }

            /// What is copied, and what else is alive.
            struct Graph {
                before: Vec<Weak<Node>>,
                roots: Vec<Strong<Node>>,
                after: Vec<Weak<Node>>,
                _others: Vec<Strong<Node>>,
            }

            impl<'blink> BlinkClone<'blink> for Graph {
                type Cloned = (
                    &'blink [BlinkWeak<'blink, NodeRef<'blink>>],
                    &'blink [&'blink NodeRef<'blink>],
                    &'blink [BlinkWeak<'blink, NodeRef<'blink>>],
                );

                fn blink_clone<C: Cloner<'blink>>(
                    &self,
                    cx: &mut C,
                ) -> Result<Self::Cloned, C::Error> {
                    Ok((
                        self.before.blink_clone(cx)?,
                        self.roots.blink_clone(cx)?,
                        self.after.blink_clone(cx)?,
                    ))
                }
            }

            type GraphRef<'blink> = <Graph as BlinkClone<'blink>>::Cloned;

            impl Graph {
                fn random(seed: u64) -> Self {
                    let random = &mut Random::new(seed);
                    let mut nodes: Vec<Strong<Node>> = Vec::new();
                    for id in 0..random.scaled(60) as u32 {
                        nodes.push(Strong::new(Node {
                            id,
                            before: RefCell::default(),
                            strong: some(&nodes, random, 4),
                            boxed: some(&nodes, random, 2).pop().map(Box::new),
                            after: RefCell::default(),
                        }));
                    }
                    for node in &nodes {
                        node.before.replace(weak(some(&nodes, random, 3)));
                        node.after.replace(weak(some(&nodes, random, 3)));
                    }
                    Self {
                        before: weak(some(&nodes, random, 6)),
                        roots: some(&nodes, random, 6),
                        after: weak(some(&nodes, random, 6)),
                        // What nobody has is dropped now, so there are dead weak pointers.
                        _others: some(&nodes, random, 3),
                    }
                }

                /// The strong and weak counts of all nodes that the roots own.
                fn counts(&self) -> Vec<(usize, usize, usize)> {
                    let mut counts = Vec::new();
                    let mut met = HashSet::new();
                    let mut left: Vec<_> = self.roots.iter().collect();
                    while let Some(node) = left.pop() {
                        if met.insert(addr(&**node)) {
                            let strong = Strong::strong_count(node);
                            counts.push((addr(&**node), strong, Strong::weak_count(node)));
                            left.extend(node.strong.iter().chain(node.boxed.as_deref()));
                        }
                    }
                    counts
                }

                fn assert_same(&self, copy: GraphRef<'_>) {
                    let mut pairs = Pairs::default();
                    let roots = self.roots.iter().zip(copy.1.iter().copied());
                    let mut left: Vec<_> = roots.collect();
                    let mut weak = vec![(self.before.clone(), copy.0)];
                    assert_eq!(self.roots.len(), copy.1.len());
                    while let Some((node, copy)) = left.pop() {
                        assert_eq!(node.id, copy.id);
                        if !pairs.meet(addr(&**node), addr(copy)) {
                            continue;
                        }
                        assert_eq!(node.strong.len(), copy.strong.len());
                        left.extend(node.strong.iter().zip(copy.strong.iter().copied()));
                        assert_eq!(node.boxed.is_some(), copy.boxed.is_some());
                        left.extend(node.boxed.as_deref().zip(copy.boxed.copied()));
                        weak.push((node.before.borrow().clone(), copy.before));
                        weak.push((node.after.borrow().clone(), copy.after));
                    }
                    weak.push((self.after.clone(), copy.2));
                    assert_weak(&pairs, &weak);
                }
            }

            /// Up to as many of the nodes, in any order.
            fn some(nodes: &[Strong<Node>], random: &mut Random, most: usize) -> Vec<Strong<Node>> {
                let count = if nodes.is_empty() {
                    0
                } else {
                    random.below(most + 1)
                };
                (0..count)
                    .map(|_| nodes[random.below(nodes.len())].clone())
                    .collect()
            }

            fn weak(nodes: Vec<Strong<Node>>) -> Vec<Weak<Node>> {
                nodes.iter().map(Strong::downgrade).collect()
            }

            /// A weak pointer of the copy leads to the copy of what the original leads to, if
            /// there is one, and those to one node are equal.
            fn assert_weak(pairs: &Pairs, lists: &[(Vec<Weak<Node>>, &[BlinkWeak<NodeRef>])]) {
                let mut slots: HashMap<Option<usize>, BlinkWeak<'_, NodeRef<'_>>> = HashMap::new();
                for (originals, copies) in lists {
                    assert_eq!(originals.len(), copies.len());
                    for (original, copy) in originals.iter().zip(*copies) {
                        let original = original.upgrade().map(|node| addr(&*node));
                        let expected = original.and_then(|node| pairs.copies.get(&node)).copied();
                        assert_eq!(copy.upgrade().map(addr), expected);
                        for (other, slot) in &slots {
                            assert_eq!(copy.ptr_eq(slot), original == *other);
                        }
                        slots.insert(original, *copy);
                    }
                }
            }

            #[test]
            fn the_copy_has_the_shape_of_the_graph() {
                let blink = Blink::new();
                for seed in 0..SEEDS {
                    println!("seed {seed}");
                    let graph = Graph::random(seed);
                    let counts = graph.counts();
                    let copy = blink.clone_in(&graph);
                    graph.assert_same(copy);
                    assert_eq!(graph.counts(), counts);
                    let again = blink.try_clone_in(&graph).unwrap();
                    graph.assert_same(again);
                    graph.assert_same(copy);
                }
            }

            #[test]
            fn in_frames_and_in_every_adaptor() {
                let (mut blink, mut sync) = (Blink::new(), SyncBlink::new());
                let mut send = SendBlink::new(Blink::new());
                for seed in SEEDS..SEEDS + SEEDS / 10 {
                    let graph = Graph::random(seed);
                    graph.assert_same(send.clone_in(&graph));
                    graph.assert_same(sync.clone_in(&graph));
                    blink.scope(|frame| {
                        let outer = frame.clone_in(&graph);
                        frame.scope(|frame| graph.assert_same(frame.clone_in(&graph)));
                        graph.assert_same(frame.try_clone_in(&graph).unwrap());
                        graph.assert_same(outer);
                    });
                    send.scope(|frame| graph.assert_same(frame.clone_in(&graph)));
                    sync.scope(|frame| graph.assert_same(frame.clone_in(&graph)));
                }
            }

            #[test]
            fn one_value_under_several_types() {
                let array = Strong::new([1, 2, 3]);
                let slice: Strong<[i32]> = array.clone();
                let (text, empty) = (Strong::<str>::from("text"), Strong::<[i32]>::from([]));
                let both = (
                    (array.clone(), slice.clone(), text.clone(), empty.clone()),
                    (slice, array, text, empty),
                );
                let blink = Blink::new();
                let (one, other) = blink.clone_in(&both);
                assert_eq!(
                    (one.0, one.1, one.2, one.3.len()),
                    (&[1, 2, 3], &[1, 2, 3][..], "text", 0)
                );
                assert!(ptr::eq(one.0, other.1) && ptr::eq(one.1, other.0));
                assert!(ptr::eq(one.2, other.2) && ptr::eq(one.3, other.3));
            }

            #[test]
            fn values_without_bytes() {
                let blink = Blink::new();
                let all = [Strong::new(()), Strong::new(()), Strong::new(())];
                let twice = (all.clone(), all.each_ref().map(Strong::downgrade), all);
                let (one, weak, other) = blink.clone_in(&twice);
                assert_eq!(
                    (one, weak.map(|unit| unit.upgrade())),
                    ([&(); 3], [Some(&()); 3])
                );
                assert_eq!(other, one);
            }
        }
    };
}

graphs!(rc, std::rc::Rc, std::rc::Weak);
graphs!(arc, std::sync::Arc, std::sync::Weak);

#[test]
fn pointers_to_pointers() {
    use std::{rc::Rc, sync::Arc};

    let inner = Arc::new(5);
    let middle = Rc::new(inner.clone());
    let all = (
        middle.clone(),
        middle.clone(),
        Rc::new(inner.clone()),
        inner,
    );
    let blink = Blink::new();
    let copy = blink.clone_in(&all);
    assert!(ptr::eq(copy.0, copy.1));
    assert!(!ptr::eq(copy.0, copy.2));
    assert!(ptr::eq(*copy.0, *copy.2) && ptr::eq(*copy.0, copy.3));
}
