//! Deep copies as deep as memory allows: with feature `deep` alone.
#![cfg(feature = "deep")]

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    thread,
};

use blink_alloc::{Blink, BlinkClone, CloneError, Cloner};
use blink_tests::{
    drops::{panic_as_planned, planned},
    random::Random,
};

const NODES: u32 = if cfg!(miri) { 2000 } else { 1_000_000 };

/// A binary tree, and with one child each a list.
struct Tree {
    id: u32,
    children: [Option<Box<Tree>>; 2],
}

struct TreeRef<'blink> {
    id: u32,
    children: [Option<&'blink TreeRef<'blink>>; 2],
}

impl<'blink> BlinkClone<'blink> for Tree {
    type Cloned = TreeRef<'blink>;

    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<TreeRef<'blink>, C::Error> {
        Ok(TreeRef {
            id: self.id,
            children: self.children.blink_clone(cx)?,
        })
    }
}

/// Without recursion.
impl Drop for Tree {
    fn drop(&mut self) {
        let mut left: Vec<_> = self.children.iter_mut().filter_map(Option::take).collect();
        while let Some(mut tree) = left.pop() {
            left.extend(tree.children.iter_mut().filter_map(Option::take));
        }
    }
}

impl Tree {
    fn list() -> Self {
        let leaf = |id| Self {
            id,
            children: [None, None],
        };
        (1..NODES).fold(leaf(0), |list, id| Self {
            id,
            children: [Some(Box::new(list)), None],
        })
    }

    /// A tree whose paths are long: two trees become one, of which one is the newest in most cases.
    fn random(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let mut trees = Vec::new();
        for id in 0..NODES {
            let mut children = [None, None];
            for child in &mut children {
                if random.once_in(2) {
                    *child = trees.pop();
                }
            }
            if random.once_in(1000) && !trees.is_empty() {
                let last = trees.len() - 1;
                trees.swap(0, last);
            }
            trees.push(Box::new(Self { id, children }));
        }
        while let Some(tree) = trees.pop() {
            let Some(other) = trees.pop() else {
                return *tree;
            };
            trees.push(Box::new(Self {
                id: NODES,
                children: [Some(tree), Some(other)],
            }));
        }
        unreachable!("there is a tree")
    }

    /// Compares, without recursion; the number of nodes.
    fn assert_same(&self, copy: &TreeRef<'_>) -> u32 {
        let mut left = vec![(self, copy)];
        let mut nodes = 0;
        while let Some((tree, copy)) = left.pop() {
            nodes += 1;
            assert_eq!(tree.id, copy.id);
            for (child, copy) in tree.children.iter().zip(copy.children) {
                assert_eq!(child.is_some(), copy.is_some());
                left.extend(child.as_deref().zip(copy));
            }
        }
        nodes
    }
}

/// On a stack on which recursion would not go far.
fn on_small_stack(f: impl FnOnce() + Send + 'static) {
    let thread = thread::Builder::new().stack_size(256 << 10);
    thread.spawn(f).unwrap().join().unwrap();
}

#[test]
fn a_list_of_a_million_boxes() {
    on_small_stack(|| {
        let list = Tree::list();
        let mut blink = Blink::new();
        assert_eq!(list.assert_same(&blink.clone_in(&list)), NODES);
        blink.scope(|frame| {
            assert_eq!(list.assert_same(&frame.try_clone_in(&list).unwrap()), NODES);
        });
    });
}

#[test]
fn a_tree_of_a_million_boxes() {
    on_small_stack(|| {
        let tree = Tree::random(1);
        let blink = Blink::new();
        assert!(tree.assert_same(&blink.clone_in(&tree)) >= NODES);
    });
}

/// Each is known to the memo.
#[test]
fn a_list_of_shared_values() {
    struct List(u32, RefCell<Option<Rc<List>>>);
    struct ListRef<'blink>(u32, Option<&'blink ListRef<'blink>>);

    impl<'blink> BlinkClone<'blink> for List {
        type Cloned = ListRef<'blink>;

        fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
            Ok(ListRef(self.0, self.1.borrow().blink_clone(cx)?))
        }
    }

    on_small_stack(|| {
        let mut nodes = vec![Rc::new(List(0, RefCell::default()))];
        for id in 1..NODES / 4 {
            let next = nodes.last().cloned();
            nodes.push(Rc::new(List(id, RefCell::new(next))));
        }
        let blink = Blink::new();
        let mut copy = blink.clone_in(nodes.last().unwrap());
        for node in nodes.iter().rev() {
            assert_eq!(node.0, copy.0);
            if let Some(next) = copy.1 {
                copy = next;
            }
        }
        // Oldest last, so that no list is dropped as one.
        while let Some(node) = nodes.pop() {
            node.1.take();
        }
    });
}

#[test]
fn a_limit_is_a_limit() {
    on_small_stack(|| {
        let list = Tree::list();
        let depth = NODES as usize - 1;
        let blink = Blink::new();
        assert!(blink.try_clone_in_to_depth(&list, depth).is_ok());
        let result = blink.try_clone_in_to_depth(&list, depth - 1).map(|_| ());
        assert!(matches!(result, Err(CloneError::Depth(_))));
    });
}

/// A panic comes back through all pieces of the stack.
#[test]
fn a_panic_at_the_end() {
    struct Bomb(Cell<u32>);

    impl<'blink> BlinkClone<'blink> for Bomb {
        type Cloned = ();

        fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<(), C::Error> {
            let Some(left) = self.0.get().checked_sub(1) else {
                panic_as_planned();
            };
            self.0.set(left);
            cx.put_with(|cx| self.blink_clone(cx)).map(|_| ())
        }
    }

    on_small_stack(|| {
        let blink = Blink::new();
        for depth in [1, 1000, 20_000] {
            assert!(planned(|| blink.clone_in(&Bomb(Cell::new(depth)))));
            assert!(planned(|| _ = blink.try_clone_in(&Bomb(Cell::new(depth)))));
        }
        assert_eq!(blink.clone_in(&Box::new(1)), &1);
    });
}

/// Nodes of some kilobytes have room for theirs, too.
#[test]
fn large_nodes() {
    struct Large([u64; 1000], Option<Box<Large>>);
    struct LargeRef<'blink>([u64; 1000], Option<&'blink LargeRef<'blink>>);

    impl<'blink> BlinkClone<'blink> for Large {
        type Cloned = LargeRef<'blink>;

        fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
            Ok(LargeRef(self.0.blink_clone(cx)?, self.1.blink_clone(cx)?))
        }
    }

    on_small_stack(|| {
        let mut list = Box::new(Large([0; 1000], None));
        for id in 1..500 {
            list = Box::new(Large([id; 1000], Some(list)));
        }
        let blink = Blink::new();
        let mut copy = Some(blink.clone_in(&list));
        for id in (0..500).rev() {
            let node = copy.unwrap();
            assert_eq!(node.0, [id; 1000]);
            copy = node.1;
        }
    });
}
