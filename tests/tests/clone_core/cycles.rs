//! Values that own themselves, which no copy can.

use std::{
    cell::{Cell, RefCell},
    panic::{AssertUnwindSafe, catch_unwind},
    rc::{Rc, Weak},
    sync::Arc,
};

use blink_alloc::{Blink, BlinkClone, BlinkWeak, CloneError, Cloner};
use blink_tests::base::Base;

struct Node {
    next: RefCell<Option<Rc<Node>>>,
    back: RefCell<Weak<Node>>,
}

struct NodeRef<'blink> {
    next: RefCell<Option<&'blink NodeRef<'blink>>>,
    back: RefCell<BlinkWeak<'blink, NodeRef<'blink>>>,
}

impl<'blink> BlinkClone<'blink> for Node {
    type Cloned = NodeRef<'blink>;

    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        Ok(NodeRef {
            next: self.next.blink_clone(cx)?,
            back: self.back.blink_clone(cx)?,
        })
    }
}

/// A ring of as many nodes, which is broken at the end.
struct Ring(Vec<Rc<Node>>);

impl Ring {
    fn of(count: usize) -> Self {
        let node = || {
            Rc::new(Node {
                next: RefCell::default(),
                back: RefCell::default(),
            })
        };
        let nodes: Vec<_> = (0..count).map(|_| node()).collect();
        for (index, node) in nodes.iter().enumerate() {
            node.next.replace(Some(nodes[(index + 1) % count].clone()));
        }
        Self(nodes)
    }
}

impl Drop for Ring {
    fn drop(&mut self) {
        for node in &self.0 {
            node.next.take();
        }
    }
}

/// The text that a panic has.
fn panic_of(f: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(f)).unwrap_err();
    *payload.downcast::<String>().unwrap()
}

#[test]
fn a_strong_cycle_is_an_error() {
    let base = Base::plain();
    let mut blink = Blink::new_in(blink_alloc::BlinkAlloc::new_in(base));
    for count in [1, 2, 3, 50] {
        let ring = Ring::of(count);
        for start in &ring.0 {
            let Err(CloneError::Cycle(name)) = blink.try_clone_in(start) else {
                panic!("a ring of {count} was copied");
            };
            assert!(name.contains("Node"));
            // By reference, and from a value: the first node is met twice then.
            let result = blink.try_clone_in(&**start).map(drop);
            assert_eq!(result, Err(CloneError::Cycle(name)));
            let text = panic_of(|| _ = blink.clone_in(start));
            assert!(text.contains("Weak") && text.contains(name), "{text}");
            blink.scope(|frame| {
                assert!(matches!(
                    frame.try_clone_in(start),
                    Err(CloneError::Cycle(_))
                ));
            });
        }
        for node in &ring.0 {
            assert_eq!((Rc::strong_count(node), Rc::weak_count(node)), (2, 0));
        }
    }
    blink.reset();
}

/// The way out that the text names.
#[test]
fn with_one_weak_edge_it_is_none() {
    let ring = Ring::of(5);
    let (first, last) = (&ring.0[0], &ring.0[4]);
    last.next.take();
    last.back.replace(Rc::downgrade(first));
    let blink = Blink::new();
    let copy = blink.clone_in(first);
    let mut node = copy;
    for _ in 0..4 {
        node = node.next.borrow().unwrap();
    }
    assert!(node.next.borrow().is_none());
    let back = node.back.borrow().upgrade().unwrap();
    assert!(core::ptr::eq(back, copy));
}

#[test]
fn through_cells_and_slices() {
    /// `Rc<RefCell<Option<Rc<..>>>>`.
    struct Loop(Rc<RefCell<Option<Rc<Loop>>>>);
    struct LoopRef<'blink>(#[expect(dead_code)] &'blink RefCell<Option<&'blink LoopRef<'blink>>>);

    impl<'blink> BlinkClone<'blink> for Loop {
        type Cloned = LoopRef<'blink>;

        fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
            Ok(LoopRef(self.0.blink_clone(cx)?))
        }
    }

    /// A slice that is shared.
    struct Many(RefCell<Option<Arc<[Many]>>>);
    struct ManyRef<'blink>(#[expect(dead_code)] RefCell<Option<&'blink [ManyRef<'blink>]>>);

    impl<'blink> BlinkClone<'blink> for Many {
        type Cloned = ManyRef<'blink>;

        fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
            Ok(ManyRef(self.0.blink_clone(cx)?))
        }
    }

    let blink = Blink::new();
    let cell = Rc::new(RefCell::new(None));
    let looped = Rc::new(Loop(cell.clone()));
    cell.replace(Some(looped.clone()));
    assert!(matches!(
        blink.try_clone_in(&looped),
        Err(CloneError::Cycle(_))
    ));
    assert!(matches!(
        blink.try_clone_in(&*looped),
        Err(CloneError::Cycle(_))
    ));
    assert!(matches!(
        blink.try_clone_in(&cell),
        Err(CloneError::Cycle(_))
    ));
    cell.take();
    assert!(blink.try_clone_in(&looped).is_ok());

    #[expect(clippy::arc_with_non_send_sync, reason = "it is about the pointer")]
    let many: Arc<[Many]> = Arc::new([Many(RefCell::default()), Many(RefCell::default())]);
    many[1].0.replace(Some(many.clone()));
    assert!(matches!(
        blink.try_clone_in(&many),
        Err(CloneError::Cycle(_))
    ));
    assert!(matches!(
        blink.try_clone_in(&many[1]),
        Err(CloneError::Cycle(_))
    ));
    many[1].0.take();
    assert!(blink.try_clone_in(&many).is_ok());
}

/// A node that is met again when it is done is none.
#[test]
fn diamonds_are_no_cycles() {
    let ring = Ring::of(2);
    let (one, other) = (&ring.0[0], &ring.0[1]);
    other.next.take();
    let blink = Blink::new();
    let all = [other.clone(), one.clone(), other.clone()];
    let copies = blink.clone_in(&all);
    assert!(core::ptr::eq(copies[0], copies[2]));
    assert!(core::ptr::eq(copies[0], copies[1].next.borrow().unwrap()));
}

#[derive(Clone)]
struct Linked<'a> {
    next: Cell<Option<&'a Linked<'a>>>,
}

impl<'blink> BlinkClone<'blink> for Linked<'_> {
    type Cloned = Linked<'blink>;

    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        Ok(Linked {
            next: self.next.blink_clone(cx)?,
        })
    }
}

/// Without a memo, a cycle is without end: the limit ends it.
#[test]
fn a_cycle_of_references_is_too_deep() {
    let nodes: [_; 3] = core::array::from_fn(|_| Linked {
        next: Cell::new(None),
    });
    for (index, node) in nodes.iter().enumerate() {
        node.next.set(Some(&nodes[(index + 1) % 3]));
    }
    let blink = Blink::new();
    // With feature `deep` it ends after some gigabytes.
    let depth = 500;
    let result = blink.try_clone_in_to_depth(&nodes[0], depth);
    let Err(CloneError::Depth(name)) = result else {
        panic!("copied");
    };
    assert!(name.contains("Linked"), "{name}");
    let text = panic_of(|| _ = blink.clone_in_to_depth(&nodes[0], depth));
    assert!(text.contains("Linked"), "{text}");
    if cfg!(not(feature = "deep")) {
        assert!(matches!(
            blink.try_clone_in(&nodes[0]),
            Err(CloneError::Depth(_))
        ));
    }
}
