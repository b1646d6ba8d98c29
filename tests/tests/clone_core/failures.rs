//! Copies that fail at every step: the arena, the original and its counts are as before.

use std::{
    cell::{Cell, RefCell},
    ptr,
    rc::Rc,
};

use blink_alloc::{
    Blink, BlinkAlloc, BlinkAllocator, BlinkClone, BlinkWeak, CloneError, Cloner, SyncBlinkAlloc,
};
use blink_tests::{
    arena::{Arena, Leased},
    base::Base,
    drops::{panic_as_planned, planned},
};

use crate::{Tree, TreeRef};

thread_local! {
    /// Steps until one panics.
    static FUSE: Cell<usize> = const { Cell::new(usize::MAX) };
}

/// Something of everything. Each part is a step.
struct Graph {
    tree: Tree,
    shared: Vec<Rc<Part>>,
    again: Rc<Part>,
    weak: RefCell<Vec<std::rc::Weak<Part>>>,
    boxed: Option<Box<Part>>,
    slice: Rc<[Part]>,
    slice_again: Rc<[Part]>,
}

struct GraphRef<'blink> {
    tree: TreeRef<'blink>,
    shared: &'blink [&'blink PartRef<'blink>],
    again: &'blink PartRef<'blink>,
    weak: &'blink [BlinkWeak<'blink, PartRef<'blink>>],
    boxed: Option<&'blink PartRef<'blink>>,
    slice: &'blink [PartRef<'blink>],
    slice_again: &'blink [PartRef<'blink>],
}

struct Part {
    text: String,
    large: [u64; 20],
    next: Option<Rc<Part>>,
}

struct PartRef<'blink> {
    text: &'blink str,
    large: [u64; 20],
    next: Option<&'blink PartRef<'blink>>,
}

impl<'blink> BlinkClone<'blink> for Part {
    type Cloned = PartRef<'blink>;

    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        match FUSE.get() {
            0 => panic_as_planned(),
            usize::MAX => {}
            left => FUSE.set(left - 1),
        }
        Ok(PartRef {
            text: self.text.blink_clone(cx)?,
            large: self.large.blink_clone(cx)?,
            next: self.next.blink_clone(cx)?,
        })
    }
}

impl<'blink> BlinkClone<'blink> for Graph {
    type Cloned = GraphRef<'blink>;

    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        Ok(GraphRef {
            tree: self.tree.blink_clone(cx)?,
            weak: self.weak.borrow().blink_clone(cx)?,
            shared: self.shared.blink_clone(cx)?,
            again: self.again.blink_clone(cx)?,
            boxed: self.boxed.blink_clone(cx)?,
            slice: self.slice.blink_clone(cx)?,
            slice_again: self.slice_again.blink_clone(cx)?,
        })
    }
}

fn part(number: u64, next: Option<Rc<Part>>) -> Part {
    Part {
        text: "x".repeat(number as usize % 100),
        large: [number; 20],
        next,
    }
}

impl Graph {
    fn new() -> Self {
        let last = Rc::new(part(1, None));
        let shared: Vec<_> = (2..9)
            .map(|number| Rc::new(part(number, Some(last.clone()))))
            .collect();
        let weak = shared.iter().chain([&last]).map(Rc::downgrade);
        let weak = RefCell::new(weak.collect());
        let slice = Rc::from([part(50, Some(last.clone())), part(51, None)]);
        Self {
            tree: Tree::of(3, 3),
            weak,
            again: shared[3].clone(),
            boxed: Some(Box::new(part(99, Some(shared[0].clone())))),
            shared,
            slice_again: Rc::clone(&slice),
            slice,
        }
    }

    fn counts(&self) -> Vec<(usize, usize)> {
        let last = self.again.next.iter();
        let parts = self.shared.iter().chain([&self.again]).chain(last);
        let slice = (Rc::strong_count(&self.slice), Rc::weak_count(&self.slice));
        let counts = parts.map(|part| (Rc::strong_count(part), Rc::weak_count(part)));
        counts.chain([slice]).collect()
    }

    fn assert_same(&self, copy: &GraphRef<'_>) {
        fn same(part: &Part, copy: &PartRef<'_>) {
            assert_eq!((&*part.text, part.large), (copy.text, copy.large));
            assert_eq!(part.next.is_some(), copy.next.is_some());
            if let (Some(part), Some(copy)) = (&part.next, copy.next) {
                same(part, copy);
            }
        }
        self.tree.assert_same(&copy.tree);
        for (part, copy) in self.shared.iter().zip(copy.shared) {
            same(part, copy);
        }
        same(self.boxed.as_ref().unwrap(), copy.boxed.unwrap());
        same(&self.slice[0], &copy.slice[0]);
        same(&self.slice[1], &copy.slice[1]);
        assert!(ptr::eq(copy.again, copy.shared[3]));
        assert!(ptr::eq(copy.slice, copy.slice_again));
        assert!(ptr::eq(copy.boxed.unwrap().next.unwrap(), copy.shared[0]));
        for (weak, strong) in copy.weak.iter().zip(copy.shared) {
            assert!(ptr::eq(weak.upgrade().unwrap(), *strong));
        }
        let last = copy.weak.last().unwrap().upgrade().unwrap();
        assert!(ptr::eq(copy.slice[0].next.unwrap(), last));
        assert!(
            copy.shared
                .iter()
                .all(|part| ptr::eq(part.next.unwrap(), last))
        );
    }
}

/// Calls a function that is generic over the kind of arena.
macro_rules! kinds {
    ($check:ident) => {
        $check::<BlinkAlloc<Base>>();
        $check::<SyncBlinkAlloc<Base>>();
        $check::<Leased<Base>>();
    };
}

#[test]
fn the_base_allocator_refuses_the_nth_request() {
    fn check<A: Arena>() {
        let graph = Graph::new();
        let counts = graph.counts();
        for base in Base::all() {
            let mut failures = 0;
            loop {
                let mut blink = Blink::new_in(A::over(base.clone()));
                base.refuse(failures, usize::MAX);
                let done = match blink.try_clone_in(&graph) {
                    Ok(copy) => {
                        graph.assert_same(&copy);
                        true
                    }
                    Err(error) => {
                        assert_eq!(error, CloneError::Alloc);
                        false
                    }
                };
                assert_eq!(graph.counts(), counts);
                base.obey();
                // Beside what the failed copy has left.
                let kept = blink.copy_str("kept");
                graph.assert_same(&blink.clone_in(&graph));
                assert_eq!(kept, "kept");
                blink.reset();
                graph.assert_same(&blink.clone_in(&graph));
                if done {
                    break;
                }
                failures += 1;
            }
            assert!(failures > 0);
        }
    }
    kinds!(check);
}

#[test]
fn any_limit() {
    fn check<A: Arena>() {
        let graph = Graph::new();
        let counts = graph.counts();
        let base = Base::plain();
        let mut done = 0;
        for limit in (0..32 << 10).step_by(if cfg!(miri) { 3000 } else { 130 }) {
            let mut blink = Blink::new_in(A::over(base.clone()));
            blink.allocator().set_limit(Some(limit));
            let before = blink.allocator().stats().used();
            let in_frame = blink.scope(|frame| match frame.try_clone_in(&graph) {
                Ok(copy) => {
                    graph.assert_same(&copy);
                    true
                }
                Err(error) => {
                    assert_eq!(error, CloneError::Alloc);
                    false
                }
            });
            // The frame has given everything back.
            assert_eq!(blink.allocator().stats().used(), before);
            assert_eq!(graph.counts(), counts);
            done += usize::from(in_frame);
            blink.allocator().set_limit(None);
            graph.assert_same(&blink.clone_in(&graph));
        }
        assert!(done > 0);
    }
    kinds!(check);
}

#[test]
fn an_implementation_panics_at_the_nth_step() {
    fn check<A: Arena>() {
        let graph = Graph::new();
        let counts = graph.counts();
        let base = Base::plain();
        let mut blink = Blink::new_in(A::over(base.clone()));
        for fuse in 0.. {
            let kept = blink.copy_str("kept");
            FUSE.set(fuse);
            let panicked = planned(|| match fuse % 2 {
                0 => graph.assert_same(&blink.clone_in(&graph)),
                _ => graph.assert_same(&blink.try_clone_in(&graph).unwrap()),
            });
            FUSE.set(usize::MAX);
            assert_eq!(graph.counts(), counts);
            graph.assert_same(&blink.clone_in(&graph));
            assert_eq!(kept, "kept");
            blink.reset();
            in_frame(&mut blink, &graph, fuse);
            assert_eq!(graph.counts(), counts);
            if !panicked {
                assert!(fuse > 10);
                break;
            }
        }
    }

    /// A frame that a panic ends gives back what the copy took.
    fn in_frame<A: Arena>(blink: &mut Blink<A>, graph: &Graph, fuse: usize) {
        let before = blink.allocator().stats().used();
        FUSE.set(fuse);
        planned(|| {
            blink.scope(|frame| {
                frame.clone_in(graph);
            });
        });
        FUSE.set(usize::MAX);
        assert_eq!(blink.allocator().stats().used(), before);
    }

    kinds!(check);
}

/// The base allocator panics in the middle of a copy.
#[test]
fn the_base_allocator_panics_at_the_nth_call() {
    let graph = Graph::new();
    let counts = graph.counts();
    let base = Base::plain();
    for fuse in 0..4 {
        let blink = Blink::new_in(BlinkAlloc::<_, 1>::new_in(base.clone()));
        base.panic_after(fuse);
        planned(|| graph.assert_same(&blink.clone_in(&graph)));
        base.obey();
        assert_eq!(graph.counts(), counts);
        graph.assert_same(&blink.clone_in(&graph));
    }
}

/// Copies its parts until one fails, and then all once more.
struct Stubborn {
    parts: Vec<Rc<Fragile>>,
    how: How,
}

#[derive(Clone, Copy, PartialEq)]
enum How {
    Error,
    Panic,
}

/// Fails a few times.
struct Fragile {
    failures: Cell<u32>,
    how: How,
    tries: Cell<u32>,
    next: Option<Rc<Fragile>>,
    root: RefCell<std::rc::Weak<Fragile>>,
}

struct FragileRef<'blink> {
    next: Option<&'blink FragileRef<'blink>>,
    root: BlinkWeak<'blink, FragileRef<'blink>>,
}

impl<'blink> BlinkClone<'blink> for Fragile {
    type Cloned = FragileRef<'blink>;

    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        self.tries.set(self.tries.get() + 1);
        let root = self.root.borrow().blink_clone(cx)?;
        assert!(root.upgrade().is_none());
        let next = self.next.blink_clone(cx)?;
        if let Some(left) = self.failures.get().checked_sub(1) {
            self.failures.set(left);
            match self.how {
                How::Error => return Err(cx.fail(CloneError::Poisoned("planned"))),
                How::Panic => panic_as_planned(),
            }
        }
        Ok(FragileRef { next, root })
    }
}

impl<'blink> BlinkClone<'blink> for Stubborn {
    type Cloned = &'blink [&'blink FragileRef<'blink>];

    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        for _ in 0..10 {
            match self.how {
                How::Error => {
                    if let Ok(copies) = self.parts.blink_clone(cx) {
                        return Ok(copies);
                    }
                }
                How::Panic => {
                    let mut result = None;
                    if !planned(|| result = Some(self.parts.blink_clone(cx))) {
                        return result.unwrap();
                    }
                }
            }
        }
        panic!("it fails six times")
    }
}

/// A memo knows nothing of what has failed, and still knows what has not.
#[test]
fn what_has_failed_is_copied_again() {
    for how in [How::Error, How::Panic] {
        let fragile = |failures, next: Option<&Rc<Fragile>>| {
            Rc::new(Fragile {
                failures: Cell::new(failures),
                how,
                tries: Cell::new(0),
                next: next.cloned(),
                root: RefCell::default(),
            })
        };
        let last = fragile(2, None);
        let middle = fragile(3, Some(&last));
        let first = fragile(1, Some(&middle));
        first.root.replace(Rc::downgrade(&first));
        middle.root.replace(Rc::downgrade(&first));
        last.root.replace(Rc::downgrade(&first));
        let parts = vec![first.clone(), middle.clone(), last.clone(), middle.clone()];
        let blink = Blink::new();
        let copies = blink.try_clone_in(&Stubborn { parts, how }).unwrap();
        assert!(ptr::eq(copies[0].next.unwrap(), copies[1]));
        assert!(ptr::eq(copies[1].next.unwrap(), copies[2]));
        assert!(ptr::eq(copies[1], copies[3]));
        for copy in copies {
            assert!(ptr::eq(copy.root.upgrade().unwrap(), copies[0]));
        }
        let tries = [&first, &middle, &last].map(|part| part.tries.get());
        // Each is tried again until it is done, and then no more.
        assert_eq!(tries, [7, 6, 3]);
        assert_eq!(Rc::strong_count(&last), 2);
    }
}

/// A panic that is caught leaves the depth as it was.
#[test]
fn the_depth_after_a_panic() {
    struct Deep(u32);

    impl<'blink> BlinkClone<'blink> for Deep {
        type Cloned = ();

        fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<(), C::Error> {
            match self.0 {
                0 => panic_as_planned(),
                left => Box::new(Deep(left - 1)).blink_clone(cx).map(|_| ()),
            }
        }
    }

    struct Calm;

    impl<'blink> BlinkClone<'blink> for Calm {
        type Cloned = &'blink str;

        fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
            for _ in 0..10 {
                assert!(planned(|| drop(Deep(10).blink_clone(cx))));
            }
            let copy = Box::new("calm").blink_clone(cx)?;
            Ok(copy)
        }
    }

    let blink = Blink::new();
    assert_eq!(blink.try_clone_in_to_depth(&Calm, 20), Ok("calm"));
}

/// The reason is that of the first failure.
#[test]
fn borrowed_cells() {
    fn check<A: BlinkAllocator>(blink: &Blink<A>) {
        let cell = Rc::new(RefCell::new(vec![String::from("text")]));
        let twice = (cell.clone(), cell.clone());
        let borrowed = cell.borrow_mut();
        let result = blink.try_clone_in(&twice).map(|_| ());
        assert!(matches!(result, Err(CloneError::Borrowed(name)) if name.contains("Vec")));
        drop(borrowed);
        let shared = cell.borrow();
        let copy = blink.clone_in(&twice);
        assert_eq!(*copy.0.borrow(), ["text"]);
        assert!(ptr::eq(copy.0, copy.1));
        drop(shared);
        assert_eq!(Rc::strong_count(&cell), 3);
    }
    check(&Blink::new());
    check(&Blink::new_in(BlinkAlloc::<Base, 16>::with_min_align_in(
        Base::plain(),
    )));
}
