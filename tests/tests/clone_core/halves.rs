//! Graphs that are looked at while they are half built.

use std::{
    cell::{Cell, RefCell},
    ptr,
    rc::{Rc, Weak},
};

use blink_alloc::{Blink, BlinkClone, BlinkWeak, Cloner};

/// Its implementation looks at its parent.
struct Child {
    parent: RefCell<Weak<Parent>>,
    looks: Cell<usize>,
}

struct Parent {
    id: u32,
    child: Rc<Child>,
    children: Vec<Rc<Child>>,
}

struct ChildRef<'blink> {
    parent: BlinkWeak<'blink, ParentRef<'blink>>,
}

struct ParentRef<'blink> {
    id: u32,
    child: &'blink ChildRef<'blink>,
    children: &'blink [&'blink ChildRef<'blink>],
}

impl<'blink> BlinkClone<'blink> for Child {
    type Cloned = ChildRef<'blink>;

    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        let parent = self.parent.borrow().blink_clone(cx)?;
        assert!(parent.upgrade().is_none(), "half built");
        self.looks.set(self.looks.get() + 1);
        Ok(ChildRef { parent })
    }
}

impl<'blink> BlinkClone<'blink> for Parent {
    type Cloned = ParentRef<'blink>;

    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        let child = self.child.blink_clone(cx)?;
        assert!(child.parent.upgrade().is_none(), "half built");
        Ok(ParentRef {
            id: self.id,
            child,
            children: self.children.blink_clone(cx)?,
        })
    }
}

fn family() -> Rc<Parent> {
    let child = || {
        Rc::new(Child {
            parent: RefCell::default(),
            looks: Cell::new(0),
        })
    };
    let twin = child();
    let parent = Rc::new(Parent {
        id: 7,
        child: twin.clone(),
        children: vec![child(), twin, child()],
    });
    for child in &parent.children {
        child.parent.replace(Rc::downgrade(&parent));
    }
    parent
}

#[test]
fn nothing_is_seen_before_it_is_complete() {
    let parent = family();
    let blink = Blink::new();
    let copy = blink.clone_in(&parent);
    assert_eq!(copy.id, 7);
    for child in copy.children {
        assert!(ptr::eq(child.parent.upgrade().unwrap(), copy));
    }
    assert!(ptr::eq(copy.child, copy.children[1]));
    assert!(parent.children.iter().all(|child| child.looks.get() == 1));
}

#[test]
fn a_weak_pointer_alone_does_not_copy() {
    let parent = family();
    let blink = Blink::new();
    let child = blink.clone_in(&parent.child);
    assert!(child.parent.upgrade().is_none());
    assert_eq!(parent.children[0].looks.get(), 0);
    // With the parent behind it, in one copy.
    let (child, parent) = blink.clone_in(&(parent.child.clone(), parent));
    assert!(ptr::eq(child.parent.upgrade().unwrap(), parent));
}

#[test]
fn dead_and_empty_ones() {
    let blink = Blink::new();
    let dead = Rc::downgrade(&Rc::new(1));
    let copies = blink.clone_in(&[dead, Weak::new()]);
    assert!(copies.iter().all(|weak| weak.upgrade().is_none()));
    assert!(copies[0].ptr_eq(&copies[1]) && copies[0].ptr_eq(&BlinkWeak::default()));
    assert_eq!(format!("{:?}", copies[0]), "(Weak)");
}

/// Two copies do not share slots.
#[test]
fn each_copy_for_itself() {
    let parent = family();
    let blink = Blink::new();
    let child = blink.clone_in(&parent.child);
    let copies = [blink.clone_in(&parent), blink.clone_in(&parent)];
    assert!(child.parent.upgrade().is_none());
    assert!(!ptr::eq(copies[0], copies[1]));
    for copy in copies {
        assert!(ptr::eq(copy.child.parent.upgrade().unwrap(), copy));
    }
}

/// A weak pointer within what it points to, of which the graph has no other part.
#[test]
fn to_itself() {
    struct Node(Weak<Node>);
    struct NodeRef<'blink>(BlinkWeak<'blink, NodeRef<'blink>>);

    impl<'blink> BlinkClone<'blink> for Node {
        type Cloned = NodeRef<'blink>;

        fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
            Ok(NodeRef(self.0.blink_clone(cx)?))
        }
    }

    let node = Rc::new_cyclic(|me| Node(me.clone()));
    let blink = Blink::new();
    let copy = blink.clone_in(&node);
    assert!(ptr::eq(copy.0.upgrade().unwrap(), copy));
    // By the value, and not by the pointer that owns it: the copy has no owner.
    assert!(blink.clone_in(&*node).0.upgrade().is_none());
}
