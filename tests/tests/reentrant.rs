//! Closures, iterators and clones that put values into the arena they are called for: by every
//! way, three deep.

use std::{
    cell::{Cell, RefCell},
    ptr,
    rc::Rc,
};

use blink_alloc::{Blink, BlinkAlloc, SyncBlinkAlloc};
use blink_tests::{
    arena::{Arena, Leased},
    base::Base,
    drops::{self, Counted, panic_as_planned, planned},
    every_counted,
    ways::{Make, Way, assert_ids, ways},
};

/// Bytes that are put between values.
type Bytes = [u8; 23];

/// All that was put, in one arena by one adaptor each.
struct World<T: 'static, A: 'static> {
    arena: &'static A,
    ways: Vec<Way<T, Blink<&'static A>>>,
    /// These drop what they hold at the end.
    adaptors: RefCell<Vec<Blink<&'static A>>>,
    values: RefCell<Vec<Values<T>>>,
    bytes: RefCell<Vec<(*const Bytes, u8)>>,
    turn: Cell<usize>,
}

struct Values<T> {
    put: *const [T],
    from: u32,
    /// Whether the arena drops them.
    drops: bool,
}

impl<T: Counted, A: Arena + 'static> World<T, A> {
    fn new(arena: &'static A) -> Rc<Self> {
        Rc::new(Self {
            arena,
            ways: ways(),
            adaptors: RefCell::default(),
            values: RefCell::default(),
            bytes: RefCell::default(),
            turn: Cell::new(0),
        })
    }

    fn next_turn(&self) -> usize {
        self.turn.set(self.turn.get() + 1);
        self.turn.get()
    }

    fn put_bytes(&self) {
        let blink = Blink::new_in(self.arena);
        let byte = self.next_turn() as u8;
        let bytes: *const Bytes = blink.put_no_drop([byte; 23]);
        self.bytes.borrow_mut().push((bytes, byte));
    }

    /// Puts values by a way; each step of it puts others by other ways.
    fn put(
        self: &Rc<Self>,
        way: &Way<T, Blink<&'static A>>,
        count: usize,
        depth: usize,
        panic_at: Option<u32>,
    ) {
        let from = self.next_turn() as u32 % 200;
        let inner = self.clone();
        let make = Make::with_hook(from, move |step| {
            inner.put_bytes();
            if depth > 0 {
                let turn = inner.next_turn();
                let way = &inner.ways[turn % inner.ways.len()];
                let count = if way.single { 1 } else { turn % 3 };
                inner.put(way, count, depth - 1, None);
            }
            if panic_at == Some(step) {
                panic_as_planned();
            }
        });
        let mut blink = Blink::new_in(self.arena);
        let outcome = way.run(&mut blink, &make, count);
        outcome.check(from, count);
        let (put, _) = outcome.into_parts();
        self.values.borrow_mut().push(Values {
            put,
            from,
            drops: way.drops,
        });
        self.adaptors.borrow_mut().push(blink);
        self.put_bytes();
    }

    /// Everything is still there, and nothing overlaps. Then drops it.
    fn check_and_drop(&self) {
        let mut ranges = Vec::new();
        for (bytes, byte) in self.bytes.take() {
            ranges.push((bytes.addr(), size_of::<Bytes>()));
            // SAFETY: put into the arena, which was not reset.
            assert_eq!(unsafe { bytes.read() }, [byte; 23]);
        }
        for values in self.values.take() {
            // SAFETY: put into the arena, which was not reset, and not dropped yet.
            let put = unsafe { &*values.put };
            ranges.push((put.as_ptr().addr(), size_of_val(put)));
            assert_ids(put, values.from);
            if !values.drops {
                for value in put {
                    // SAFETY: nobody else drops it, and this is the last use.
                    drop(unsafe { ptr::read(value) });
                }
            }
        }
        ranges.retain(|&(_, size)| size > 0);
        ranges.sort_unstable();
        for pair in ranges.windows(2) {
            assert!(pair[0].0 + pair[0].1 <= pair[1].0, "overlap: {pair:x?}");
        }
        self.adaptors.take();
        drops::assert_counts();
    }
}

/// Runs `f` with an arena that hooks can refer to.
fn with_arena<A: Arena + 'static>(base: Base, f: impl FnOnce(&'static A)) {
    let leaked = Box::into_raw(Box::new(A::over(base)));
    // SAFETY: freed below, when no reference is left.
    f(unsafe { &*leaked });
    // SAFETY: from `Box::into_raw`, and the references are not used any more.
    drop(unsafe { Box::from_raw(leaked) });
}

/// Puts values by each way, with a panic at a step.
fn every_way_over<T: Counted, A: Arena + 'static>(panic_at: fn(usize) -> Vec<Option<u32>>) {
    let mut puts = 0;
    for (base, way) in Base::all().cycle().zip(&ways::<T, &'static A>()) {
        with_arena(base.again(), |arena| {
            drops::restart();
            let world = World::<T, A>::new(arena);
            // The ways inside are others each time.
            let counts = way.counts().iter().filter(|&&count| count < 10);
            for &count in counts.cycle().take(12) {
                for panic_at in panic_at(count) {
                    let panicked = planned(|| world.put(way, count, 3, panic_at));
                    assert!(panic_at.is_some() || !panicked);
                    // What is put next lies behind everything.
                    let blink = Blink::new_in(arena);
                    blink.copy_slice(&[0xff_u8; 300]);
                }
            }
            puts += world.values.borrow().len();
            world.check_and_drop();
        });
    }
    assert!(puts > 2000, "otherwise nothing is nested");
}

/// The same over each kind of arena.
fn every_way<T: Counted>(panic_at: fn(usize) -> Vec<Option<u32>>) {
    every_way_over::<T, BlinkAlloc<_>>(panic_at);
    every_way_over::<T, SyncBlinkAlloc<_>>(panic_at);
    every_way_over::<T, Leased<_>>(panic_at);
}

#[test]
fn every_way_keeps_clear_of_what_is_put_meanwhile() {
    fn check<T: Counted>() {
        every_way::<T>(|_| vec![None]);
    }
    every_counted!(check);
}

#[test]
fn a_panic_takes_nothing_back_that_was_put_meanwhile() {
    fn check<T: Counted>() {
        every_way::<T>(|count| (0..=count as u32).map(Some).collect());
    }
    every_counted!(check);
}
