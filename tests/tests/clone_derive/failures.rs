//! Copies that fail, or are left by a panic, at every place.

use blink_tests::{
    base::Base,
    drops::{self, Counted, Word, panic_as_planned, planned},
};

use super::*;
use blink_alloc::BlinkAlloc;

thread_local! {
    /// Calls of `made` until one panics.
    static FUSE: Cell<usize> = const { Cell::new(usize::MAX) };
}

/// Everything that takes memory.
#[derive(BlinkClone)]
struct Full {
    text: String,
    list: Vec<Option<Full>>,
    boxed: Option<Box<Full>>,
    shared: (Rc<String>, Rc<String>, Weak<String>),
    #[blink(as = &'blink str, with = made)]
    made: u8,
    #[blink(put)]
    put: Word,
}

fn made<'blink, C: Cloner<'blink>>(number: &u8, cx: &mut C) -> Result<&'blink str, C::Error> {
    let left = FUSE.get();
    FUSE.set(left.wrapping_sub(1));
    if left == 0 {
        panic_as_planned();
    }
    Ok(cx.str(&number.to_string())?)
}

fn full(depth: u8) -> Full {
    let shared = Rc::new(String::from("shared"));
    Full {
        text: "t".repeat(usize::from(depth + 1) * 400),
        list: (0..depth)
            .map(|below| (below % 2 == 0).then(|| full(below)))
            .collect(),
        boxed: depth.checked_sub(1).map(|below| Box::new(full(below))),
        shared: (shared.clone(), shared.clone(), Rc::downgrade(&shared)),
        made: depth,
        put: Word::new(u32::from(depth)),
    }
}

fn same(full: &Full, copy: &BlinkFull<'_>) {
    assert_eq!((&*full.text, full.list.len()), (copy.text, copy.list.len()));
    for (one, other) in full.list.iter().zip(copy.list) {
        assert_eq!(one.is_some(), other.is_some());
        if let (Some(one), Some(other)) = (one, other) {
            same(one, other);
        }
    }
    if let (Some(one), Some(other)) = (&full.boxed, copy.boxed) {
        same(one, other);
    }
    assert!(std::ptr::eq(copy.shared.0, copy.shared.1));
    assert_eq!(copy.shared.2.upgrade(), Some(copy.shared.0));
    assert_eq!(full.made.to_string(), copy.made);
    assert_eq!(
        (full.put.id(), full.boxed.is_some()),
        (copy.put.id(), copy.boxed.is_some())
    );
}

/// An arena out of chunks so small that every part of a copy can be the one that needs another.
fn small(base: &Base) -> Blink<BlinkAlloc<Base>> {
    Blink::new_in(BlinkAlloc::with_chunk_size_in(64, base.clone()))
}

#[test]
fn no_memory_at_each_place() {
    for base in Base::all() {
        drops::restart();
        let original = full(3);
        let mut places = 0;
        loop {
            let blink = small(&base);
            base.refuse(places, 1);
            let result = blink.try_clone_in(&original);
            base.obey();
            match result {
                Ok(copy) => {
                    same(&original, &copy);
                    break;
                }
                Err(error) => assert_eq!(error, CloneError::Alloc),
            }
            // What failed does not stand in the way.
            same(&original, &blink.try_clone_in(&original).unwrap());
            places += 1;
        }
        assert!(places > 0, "nothing was refused");
        drop(original);
        drops::assert_counts();
    }
}

#[test]
fn panics_at_each_place() {
    drops::restart();
    let original = full(3);
    let made = drops::made();
    let mut blink = Blink::new();
    for place in 0.. {
        FUSE.set(place);
        let panicked = planned(|| same(&original, &blink.clone_in(&original)));
        FUSE.set(usize::MAX);
        same(&original, &blink.clone_in(&original));
        blink.reset();
        assert_eq!(drops::made() - drops::dropped(), made);
        if !panicked {
            assert!(place > 5, "{place} places only");
            break;
        }
    }
    // A base allocator that panics.
    for base in Base::all() {
        for place in 0.. {
            let blink = small(&base);
            base.panic_after(place);
            let panicked = planned(|| same(&original, &blink.clone_in(&original)));
            base.obey();
            drop(blink);
            assert_eq!(drops::made() - drops::dropped(), made);
            if !panicked {
                break;
            }
        }
    }
    drop(original);
    drops::assert_counts();
}

/// Clones and destructors of put values that panic.
#[test]
fn panics_of_what_is_put() {
    drops::restart();
    let original = full(3);
    for place in 0.. {
        let left = Rc::new(Cell::<usize>::new(place));
        let namer = Rc::new(move || {
            if left.replace(left.get().wrapping_sub(1)) == 0 {
                panic_as_planned();
            }
            0
        });
        let blink = Blink::new();
        let panicked = planned(|| {
            drops::naming_clones(namer, || blink.clone_in(&original));
        });
        if !panicked {
            break;
        }
    }
    for place in 0..5 {
        let mut blink = Blink::new();
        same(&original, &blink.clone_in(&original));
        drops::panic_after(place);
        assert!(planned(|| blink.reset()));
    }
    drop(original);
    drops::assert_counts();
}

/// Frames drop what copies have put, and nothing else.
#[test]
fn frames_drop_what_is_put() {
    drops::restart();
    let original = full(2);
    let made = drops::made();
    let mut root = Blink::new();
    let mut frame = root.as_frame();
    let outer = frame.clone_in(&original);
    let with_outer = drops::made();
    for _ in 0..3 {
        frame.scope(|frame| {
            let inner = frame.clone_in(&original);
            frame.scope(|frame| same(&original, &frame.clone_in(&original)));
            same(&original, &inner);
        });
        assert_eq!(drops::made() - drops::dropped(), with_outer);
    }
    same(&original, &outer);
    root.reset();
    assert_eq!(drops::made() - drops::dropped(), made);
}

/// A copy that is too deep, a cycle, a borrowed cell.
#[test]
fn reasons() {
    #[derive(BlinkClone)]
    struct Ring {
        next: RefCell<Option<Rc<Ring>>>,
    }

    #[derive(BlinkClone)]
    #[blink(derive(Debug))]
    struct Chain(Option<Box<Chain>>, String);

    let blink = Blink::new();
    let ring = Rc::new(Ring {
        next: RefCell::default(),
    });
    ring.next.replace(Some(ring.clone()));
    assert!(
        matches!(blink.try_clone_in(&ring), Err(CloneError::Cycle(name)) if name.contains("Ring"))
    );
    let borrowed = ring.next.borrow_mut();
    assert!(matches!(
        blink.try_clone_in(&*ring),
        Err(CloneError::Borrowed(_))
    ));
    drop(borrowed);
    assert!(
        ring.next
            .take()
            .is_some_and(|same| Rc::ptr_eq(&same, &ring))
    );
    assert!(blink.clone_in(&ring).next.borrow().is_none());
    let chain = (0..20).fold(Chain(None, String::new()), |next, _| {
        Chain(Some(Box::new(next)), "text".into())
    });
    assert!(blink.try_clone_in_to_depth(&chain, 20).is_ok());
    let error = blink.try_clone_in_to_depth(&chain, 19).unwrap_err();
    assert!(matches!(error, CloneError::Depth(name) if name.contains("BlinkChain")));
}
