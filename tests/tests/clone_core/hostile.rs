//! Implementations that break every promise that safe code can break.

use std::{
    cell::{Cell, RefCell},
    iter, mem, ptr,
    rc::Rc,
    thread,
};

use blink_alloc::{Blink, BlinkAlloc, BlinkClone, CloneError, Cloner, Frame, SyncBlink};
use blink_tests::{
    base::Base,
    drops::{panic_as_planned, planned},
};

use crate::Tree;

/// An iterator that is wrong about its length.
struct Liar {
    claims: usize,
    left: u32,
}

impl Iterator for Liar {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        self.left = self.left.checked_sub(1)?;
        Some(self.left)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.claims, Some(self.claims))
    }
}

impl ExactSizeIterator for Liar {
    fn len(&self) -> usize {
        self.claims
    }
}

struct Lies {
    claims: usize,
    has: u32,
}

impl<'blink> BlinkClone<'blink> for Lies {
    type Cloned = &'blink [&'blink str];

    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        let liar = Liar {
            claims: self.claims,
            left: self.has,
        };
        Ok(cx.slice_with(liar, |cx, number| number.to_string().blink_clone(cx))?)
    }
}

#[test]
fn lengths_that_are_wrong() {
    let base = Base::plain();
    let blink = Blink::new_in(BlinkAlloc::new_in(base));
    for claims in [0, 1, 5, 100] {
        for has in [0, 1, 4, 5, 6, 200] {
            let copy = blink.clone_in(&Lies { claims, has });
            assert_eq!(copy.len(), claims.min(has as usize));
            for (copy, number) in copy.iter().zip((0..has).rev()) {
                assert_eq!(*copy, number.to_string());
            }
        }
    }
    for claims in [
        usize::MAX,
        isize::MAX as usize,
        usize::MAX / 16,
        usize::MAX / 32,
    ] {
        let result = blink.try_clone_in(&Lies { claims, has: 3 });
        assert_eq!(result, Err(CloneError::Alloc));
    }
}

/// Of items without bytes any number has room.
#[test]
fn lengths_without_bytes() {
    struct Units(usize);

    impl<'blink> BlinkClone<'blink> for Units {
        type Cloned = usize;

        fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<usize, C::Error> {
            let liar = Liar {
                claims: self.0,
                left: 3,
            };
            Ok(cx.slice_with(liar, |_, _| Ok(()))?.len())
        }
    }

    for claims in [0, 2, 3, 4, usize::MAX] {
        assert_eq!(Blink::new().clone_in(&Units(claims)), claims.min(3));
    }
}

/// Copies other values, into this arena and others, by this cloner and others.
struct Nested<'a> {
    arena: &'a Blink<BlinkAlloc<Base>>,
    other: &'a Blink<BlinkAlloc<Base>>,
    tree: Rc<Tree>,
    depth: u32,
}

struct NestedRef<'blink> {
    trees: &'blink [&'blink crate::TreeRef<'blink>],
    nested: Option<&'blink NestedRef<'blink>>,
}

impl<'blink> BlinkClone<'blink> for Nested<'_> {
    type Cloned = NestedRef<'blink>;

    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        let trees = iter::repeat_n(&self.tree, 5);
        let trees = cx.slice_with(trees, |cx, tree| {
            let here = self.arena.clone_in(tree);
            let there = self.other.try_clone_in(tree).unwrap();
            let copy = tree.blink_clone(cx)?;
            self.arena.copy_str("between");
            tree.assert_same(here);
            tree.assert_same(there);
            Ok(copy)
        })?;
        let below = self.depth.checked_sub(1).map(|depth| Nested {
            depth,
            tree: self.tree.clone(),
            ..*self
        });
        let nested = match below {
            Some(below) => {
                let here = self.arena.clone_in(&below);
                check_nested(&below, &here);
                Some(&*cx.put_with(|cx| below.blink_clone(cx))?)
            }
            None => None,
        };
        Ok(NestedRef { trees, nested })
    }
}

fn check_nested(value: &Nested<'_>, copy: &NestedRef<'_>) {
    assert_eq!(copy.trees.len(), 5);
    for tree in copy.trees {
        value.tree.assert_same(tree);
    }
    assert_eq!(copy.nested.is_some(), value.depth > 0);
    if let Some(nested) = copy.nested {
        assert_eq!(nested.trees.len(), 5);
        value.tree.assert_same(nested.trees[0]);
    }
}

#[test]
fn copies_within_copies() {
    for base in Base::all() {
        let (arena, other) = (
            Blink::new_in(BlinkAlloc::new_in(base.clone())),
            Blink::new_in(BlinkAlloc::new_in(base)),
        );
        let value = Nested {
            arena: &arena,
            other: &other,
            tree: Rc::new(Tree::of(3, 2)),
            depth: 3,
        };
        check_nested(&value, &arena.clone_in(&value));
        check_nested(&value, &other.try_clone_in(&value).unwrap());
        assert_eq!(Rc::strong_count(&value.tree), 1);
    }
}

/// Copies into a frame, while its implementations enter frames elsewhere.
#[test]
fn frames_within_copies() {
    struct Entering<'a> {
        scratch: &'a RefCell<Blink>,
        tree: &'a Tree,
    }

    impl<'blink> BlinkClone<'blink> for Entering<'_> {
        type Cloned = crate::TreeRef<'blink>;

        fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
            let mut scratch = self.scratch.borrow_mut();
            scratch.scope(|frame| {
                let draft = frame.clone_in(self.tree);
                frame.scope(|frame| {
                    frame.clone_in(self.tree);
                });
                // From one arena to the other.
                Tree {
                    name: draft.name.to_owned(),
                    children: Vec::new(),
                }
                .assert_same(&crate::TreeRef {
                    children: &[],
                    ..draft
                });
                self.tree.blink_clone(cx)
            })
        }
    }

    fn descend(frame: &mut Frame<'_>, value: &Entering<'_>, depth: usize) {
        let mine = frame.clone_in(value);
        if depth > 0 {
            frame.scope(|frame| descend(frame, value, depth - 1));
        }
        let more = frame.clone_in(value);
        value.tree.assert_same(&mine);
        value.tree.assert_same(&more);
    }

    let (tree, scratch) = (Tree::of(2, 3), RefCell::new(Blink::new()));
    let value = Entering {
        scratch: &scratch,
        tree: &tree,
    };
    let mut blink = Blink::new();
    descend(&mut blink.as_frame(), &value, 10);
    blink.reset();
}

/// The frame that is copied into cannot be had by the implementation, but its handle is seen.
#[test]
fn the_handle_of_the_frame_itself() {
    struct Looks<'a, 'f>(&'a RefCell<&'a mut Frame<'f>>, Cell<u32>);

    impl<'f> BlinkClone<'f> for Looks<'_, 'f> {
        type Cloned = &'f [&'f str];

        fn blink_clone<C: Cloner<'f>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
            assert!(self.0.try_borrow_mut().is_err());
            self.1.set(self.1.get() + 1);
            let deeper = self.1.get() < 4;
            let names: &[_] = cx.slice_with(0..3, |cx, number| {
                let frame = self.0.borrow();
                let other = if deeper { frame.clone_in(self) } else { &[] };
                Ok(match other.first() {
                    Some(name) => *name,
                    None => cx.str(&number.to_string())?,
                })
            })?;
            Ok(names)
        }
    }

    let mut blink = Blink::new();
    let mut guard = blink.enter();
    let cell = RefCell::new(guard.frame());
    let names = cell.borrow().clone_in(&Looks(&cell, Cell::new(0)));
    // They live for the time of the frame, not for that of the borrow.
    cell.borrow_mut().scope(|frame| {
        frame.copy_slice(&[0xee_u8; 500]);
    });
    assert_eq!(names, ["0"; 3]);
}

/// Exclusive references into the arena, which a shared value hands out as shared ones.
#[test]
fn exclusive_references_stay_exclusive() {
    struct Numbers;
    struct NumbersRef<'blink> {
        one: &'blink mut u32,
        many: &'blink mut [u32],
    }

    impl<'blink> BlinkClone<'blink> for Numbers {
        type Cloned = NumbersRef<'blink>;

        fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
            let one = cx.put(1)?;
            let many = cx.copy_slice(&[1, 2, 3])?;
            let place = cx.put_with(|cx| {
                *one += 1;
                mem::swap(one, &mut many[0]);
                Ok(*cx.put(5_u64)?)
            })?;
            *place += 1;
            Ok(NumbersRef { one, many })
        }
    }

    let blink = Blink::new();
    let NumbersRef { one, many } = blink.clone_in(&Numbers);
    mem::swap(one, &mut many[2]);
    assert_eq!((*one, &*many), (3, &[2, 2, 1][..]));
    let shared = Rc::new(Numbers);
    let copies = blink.clone_in(&[shared.clone(), shared]);
    assert!(ptr::eq(copies[0], copies[1]));
    assert_eq!((*copies[0].one, &*copies[1].many), (1, &[2, 2, 3][..]));
    let mut cells = blink.clone_in(&[Cell::new(1), Cell::new(2)]);
    *cells[0].get_mut() = 5;
    assert_eq!(cells[0].get(), 5);
}

/// What a failed copy has left is still there for who has kept it.
#[test]
fn references_of_a_failed_copy() {
    struct Keeps<'a, 'b> {
        kept: &'a RefCell<Vec<&'b mut String2<'b>>>,
        panics: bool,
    }

    type String2<'b> = (&'b str, u64);

    impl<'b> BlinkClone<'b> for Keeps<'_, 'b> {
        type Cloned = ();

        fn blink_clone<C: Cloner<'b>>(&self, cx: &mut C) -> Result<(), C::Error> {
            cx.put_with(|cx| {
                for number in 0..20 {
                    let text = cx.str("kept")?;
                    let place = cx.put_with(|_| Ok((&*text, number)))?;
                    self.kept.borrow_mut().push(place);
                }
                match self.panics {
                    true => panic_as_planned(),
                    false => Err(cx.fail(CloneError::Alloc)),
                }
            })
            .map(|unit: &mut ()| *unit)
        }
    }

    let blink = Blink::new();
    let kept = RefCell::new(Vec::new());
    for panics in [false, true] {
        let value = Keeps {
            kept: &kept,
            panics,
        };
        planned(|| assert!(blink.try_clone_in(&value).is_err()));
        blink.fill(1000, 0xee_u8);
    }
    for (place, number) in kept.borrow_mut().iter_mut().zip((0..20).chain(0..20)) {
        assert_eq!(**place, ("kept", number));
        place.1 += 1;
    }
    assert_eq!(kept.into_inner().len(), 40);
}

/// Cells change while what is in them is copied.
#[test]
fn values_that_change_meanwhile() {
    struct Fickle {
        list: RefCell<Vec<Rc<Fickle>>>,
        cell: Cell<u32>,
    }

    impl<'blink> BlinkClone<'blink> for Fickle {
        type Cloned = (&'blink [u32], u32);

        fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
            self.cell.set(self.cell.get() + 1);
            let list = self.list.take();
            let numbers = cx.slice_with(&list, |cx, other| {
                let other = other.blink_clone(cx)?;
                self.list.borrow_mut().push(Rc::new(Fickle {
                    list: RefCell::default(),
                    cell: Cell::new(other.1),
                }));
                Ok(other.1)
            })?;
            Ok((numbers, self.cell.get()))
        }
    }

    let fickle = |list| {
        Rc::new(Fickle {
            list: RefCell::new(list),
            cell: Cell::new(0),
        })
    };
    let leaf = fickle(vec![]);
    let inner = fickle(vec![leaf.clone(), leaf.clone()]);
    let outer = fickle(vec![inner.clone(), leaf.clone(), inner.clone()]);
    let blink = Blink::new();
    let copy = blink.clone_in(&(outer.clone(), inner, outer));
    // The leaf was copied once, and so were the others.
    assert_eq!(copy.0.0, [1, 1, 1]);
    assert!(ptr::eq(copy.0, copy.2));
    assert_eq!(copy.1.1, 1);
}

/// Threads copy into one arena, and into one frame.
#[test]
fn several_threads() {
    let mut blink = SyncBlink::new();
    let tree = Tree::of(3, 3);
    let rounds = if cfg!(miri) { 1 } else { 50 };
    let in_threads = |copy: &(dyn Fn() + Sync)| {
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..rounds).for_each(|_| copy()));
            }
        });
    };
    in_threads(&|| tree.assert_same(&blink.clone_in(&tree)));
    blink.scope(|frame| {
        let frame = &*frame;
        in_threads(&|| tree.assert_same(&frame.try_clone_in(&tree).unwrap()));
    });
    blink.reset();
}

/// Slices that are copied as a whole by an implementation that says nothing of items.
#[test]
fn slices_of_own_types() {
    struct Odd(u32);

    impl<'blink> BlinkClone<'blink> for Odd {
        type Cloned = Option<u32>;

        fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
            match self.0 % 2 {
                0 => Err(cx.fail(CloneError::Cycle("even"))),
                _ => Ok(Some(self.0)),
            }
        }
    }

    let blink = Blink::new();
    let odd = [1, 3, 5].map(Odd);
    assert_eq!(blink.clone_in(&odd[..]), [Some(1), Some(3), Some(5)]);
    assert_eq!(blink.clone_in(&odd), [Some(1), Some(3), Some(5)]);
    let mixed = [1, 3, 4, 5].map(Odd);
    let even = CloneError::Cycle("even");
    assert_eq!(blink.try_clone_in(&mixed[..]), Err(even));
    assert_eq!(blink.try_clone_in(&mixed), Err(even));
    assert_eq!(even.to_string().matches("even").count(), 1);
}

/// Copies of what has a destructor by itself: not put, so the caller drops them.
#[test]
fn copies_with_a_destructor() {
    struct Owning(Rc<()>);

    impl<'blink> BlinkClone<'blink> for Owning {
        type Cloned = Rc<()>;

        fn blink_clone<C: Cloner<'blink>>(&self, _: &mut C) -> Result<Self::Cloned, C::Error> {
            Ok(self.0.clone())
        }
    }

    let owning = Owning(Rc::new(()));
    let blink = Blink::new();
    let copies = blink.clone_in(&(
        [Owning(owning.0.clone()), Owning(owning.0.clone())],
        Some(1),
    ));
    assert_eq!(Rc::strong_count(&owning.0), 3);
    drop((copies, blink.clone_in(&Some(owning))));
}
