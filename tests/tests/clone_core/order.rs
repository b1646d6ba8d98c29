//! Where copies lie: in the order of the walk, one after the other, and nowhere if they have no
//! bytes.

use std::{collections::VecDeque, ptr, rc::Rc};

use blink_alloc::{Blink, BlinkAlloc, BlinkClone, Cloner};
use blink_tests::base::Base;

use crate::{List, ListRef, Tree, TreeRef};

/// The addresses of all parts, in the order of the walk.
fn walk(tree: &TreeRef<'_>, parts: &mut Vec<usize>) {
    parts.push(tree.name.as_ptr().addr());
    if !tree.children.is_empty() {
        parts.push(tree.children.as_ptr().addr());
    }
    for child in tree.children {
        walk(child, parts);
    }
}

fn assert_ascending(parts: &[usize]) {
    assert!(parts.windows(2).all(|pair| pair[0] < pair[1]), "{parts:?}");
}

/// Room for all, in one chunk.
fn roomy() -> Blink {
    Blink::new_in(BlinkAlloc::with_capacity(1 << 20))
}

#[test]
fn a_tree_lies_as_it_is_walked() {
    let mut blink = roomy();
    for (children, levels) in [(0, 0), (1, 20), (2, 7), (5, 3), (100, 1)] {
        let tree = Tree::of(children, levels);
        let mut parts = Vec::new();
        walk(&blink.clone_in(&tree), &mut parts);
        assert_ascending(&parts);
        blink.scope(|frame| {
            let copy = frame.clone_in(&Box::new(tree));
            let mut parts = vec![ptr::from_ref(copy).addr()];
            walk(copy, &mut parts);
            assert_ascending(&parts);
        });
    }
}

#[test]
fn a_list_lies_as_it_is_walked() {
    let blink = roomy();
    let copy = blink.clone_in(&Box::new(List::of(200)));
    let mut next = Some(copy);
    let mut parts = Vec::new();
    while let Some(node) = next {
        parts.push(ptr::from_ref::<ListRef<'_>>(node).addr());
        next = node.next;
    }
    assert_ascending(&parts);
    // Without gaps, but for what a checker puts between blocks.
    let step = size_of::<ListRef<'_>>() + blink_tests::RED_ZONE;
    assert!(parts.windows(2).all(|pair| pair[1] - pair[0] == step));
}

/// A tree takes what its parts take: unique pointers leave no trace in the arena.
#[test]
fn bytes_of_a_copy() {
    if blink_tests::CHECKED {
        return;
    }
    let blink = roomy();
    blink.clone_in(&Box::new([1_u64; 4]));
    assert_eq!(blink.allocator().stats().used(), 32);
    blink.clone_in(&Rc::new([1_u64; 4]));
    assert_eq!(blink.allocator().stats().used(), 64);
    // One that is shared has a pointer beside it, where weak ones look.
    let shared = Rc::new([1_u64; 4]);
    blink.clone_in(&[shared.clone(), shared]);
    assert_eq!(
        blink.allocator().stats().used(),
        64 + 32 + size_of::<usize>()
    );
}

#[derive(Clone, Copy)]
struct Nothing;

#[derive(Clone, Copy)]
#[repr(align(64))]
struct WideNothing;

macro_rules! itself {
    ($($type:ty),*) => {$(
        impl<'blink> BlinkClone<'blink> for $type {
            type Cloned = Self;

            fn blink_clone<C: Cloner<'blink>>(&self, _: &mut C) -> Result<Self, C::Error> {
                Ok(*self)
            }
        }
    )*};
}

itself!(Nothing, WideNothing);

/// I11.
#[test]
fn nothing_touches_no_chunk() {
    let base = Base::plain();
    let mut blink = Blink::new_in(BlinkAlloc::new_in(base.clone()));
    let slice: &[WideNothing] = &[WideNothing; 3];
    let nothing = (
        (Box::new(()), Rc::new(()), vec![(); 1000]),
        (Vec::<u64>::new(), Vec::<String>::new(), String::new()),
        (vec![Nothing; 1000], Box::new(WideNothing), &Nothing, slice),
        (None::<Box<u64>>, [(); 5], [0_u64; 0], [Nothing; 3]),
    );
    let copy = blink.clone_in(&nothing);
    assert_eq!(
        (copy.0.2.len(), copy.1.2, copy.2.0.len(), copy.2.3.len()),
        (1000, "", 1000, 3)
    );
    assert!(ptr::from_ref(copy.2.1).is_aligned() && copy.2.3.as_ptr().is_aligned());
    assert!(blink.try_clone_in(&nothing).is_ok());
    blink.scope(|frame| {
        frame.clone_in(&nothing);
    });
    assert_eq!(base.calls(), 0);
}

/// So many that their count times anything would be too much.
#[test]
fn as_many_nothings_as_can_be() {
    struct Many;

    impl<'blink> BlinkClone<'blink> for Many {
        type Cloned = usize;

        fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<usize, C::Error> {
            let units: &[()] = &[(); usize::MAX];
            let copied = cx.copy_slice(units)?.len();
            assert_eq!(units.blink_clone(cx)?.len(), copied);
            Ok(copied)
        }
    }

    let base = Base::plain();
    let blink = Blink::new_in(BlinkAlloc::new_in(base.clone()));
    assert_eq!(blink.clone_in(&Many), usize::MAX);
    assert_eq!(base.calls(), 0);
}

/// The walk of an implementation is that of its author.
#[test]
fn items_are_copied_in_order() {
    struct Queue(VecDeque<String>);

    impl<'blink> BlinkClone<'blink> for Queue {
        type Cloned = &'blink [&'blink str];

        fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
            Ok(cx.slice_with(&self.0, |cx, text| text.blink_clone(cx))?)
        }
    }

    let mut queue: VecDeque<_> = (0..10).map(|number| number.to_string()).collect();
    queue.rotate_left(4);
    queue.push_front("front".to_owned());
    let blink = roomy();
    let copy = blink.clone_in(&Queue(queue.clone()));
    assert_eq!(copy, Vec::from(queue));
    let parts: Vec<_> = copy.iter().map(|text| text.as_ptr().addr()).collect();
    assert_ascending(&parts);
    assert!(copy.as_ptr().addr() < parts[0]);
}
