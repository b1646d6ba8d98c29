//! Panics in destructors, iterators and closures: every value is dropped once, and the arena
//! goes on.

use blink_alloc::{Blink, BlinkAlloc, SyncBlinkAlloc};
use blink_tests::{
    RED_ZONE,
    arena::Arena,
    base::Base,
    drops::{self, Counted, Large, Nothing, Wide, Word, panic_as_planned, planned},
    every_counted,
    ways::{End, Make, Way, ways},
};

/// Mixed values, and how many. Ids are in the order of the drops.
fn fill<T: Counted, A: Arena>(blink: &Blink<A>) -> usize {
    blink.put(T::new(6));
    blink.emplace().from_iter((2..6).map(T::new));
    blink.copy_str("between");
    blink.emplace().with(|| T::new(1));
    blink.put(T::new(0));
    7
}

/// The arena is empty, and works as a new one does.
fn assert_fresh<A: Arena>(blink: &mut Blink<A>) {
    assert_eq!(blink.allocator().allocated_bytes(), 0);
    drops::restart();
    let count = fill::<Word, A>(blink);
    blink.reset();
    assert_eq!(drops::order(), (0..count as u32).collect::<Vec<_>>());
    assert_eq!(blink.allocator().allocated_bytes(), 0);
}

#[test]
fn a_panic_at_the_nth_drop_of_a_reset() {
    fn over<T: Counted, A: Arena>() {
        for base in Base::all() {
            let mut blink = Blink::new_in(A::over(base));
            for n in 0..8 {
                drops::restart();
                let count = fill::<T, A>(&blink);
                drops::panic_after(n);
                assert_eq!(planned(|| blink.reset()), n < count);
                assert_eq!(drops::dropped(), count);
                drops::assert_all_dropped();
                assert_fresh(&mut blink);
            }
        }
    }
    fn check<T: Counted>() {
        over::<T, BlinkAlloc<_>>();
        over::<T, SyncBlinkAlloc<_>>();
    }
    every_counted!(check);
}

#[test]
fn a_panic_at_the_nth_drop_of_drop_all() {
    fn over<T: Counted, A: Arena>() {
        let mut blink = Blink::new_in(A::over(Base::plain()));
        for n in 0..8 {
            drops::restart();
            let count = fill::<T, A>(&blink);
            drops::panic_after(n);
            assert_eq!(planned(|| blink.drop_all()), n < count);
            drops::assert_all_dropped();
            blink.reset();
            drops::assert_all_dropped();
            assert_fresh(&mut blink);
        }
    }
    fn check<T: Counted>() {
        over::<T, BlinkAlloc<_>>();
        over::<T, SyncBlinkAlloc<_>>();
    }
    every_counted!(check);
}

#[test]
fn a_panic_at_the_nth_drop_of_the_adaptor() {
    fn over<T: Counted, A: Arena>() {
        for n in 0..8 {
            drops::restart();
            let base = Base::plain();
            let blink = Blink::new_in(A::over(base.clone()));
            let count = fill::<T, A>(&blink);
            drops::panic_after(n);
            assert_eq!(planned(|| drop(blink)), n < count);
            drops::assert_all_dropped();
            assert_eq!(base.live(), 0, "the memory goes back all the same");
        }
    }
    fn check<T: Counted>() {
        over::<T, BlinkAlloc<_>>();
        over::<T, SyncBlinkAlloc<_>>();
    }
    every_counted!(check);
}

#[test]
fn an_adaptor_dropped_by_a_panic_drops_its_values() {
    fn over<T: Counted, A: Arena>() {
        drops::restart();
        let base = Base::plain();
        assert!(planned(|| {
            let blink = Blink::new_in(A::over(base.clone()));
            fill::<T, A>(&blink);
            panic_as_planned();
        }));
        assert_eq!(drops::dropped(), 7);
        drops::assert_all_dropped();
        assert_eq!(base.live(), 0);
    }
    fn check<T: Counted>() {
        over::<T, BlinkAlloc<_>>();
        over::<T, SyncBlinkAlloc<_>>();
    }
    every_counted!(check);
}

#[test]
fn a_panic_at_the_nth_next() {
    fn over<T: Counted, A: Arena>() {
        for base in Base::all() {
            let mut blink = Blink::new_in(A::over(base));
            for n in [0, 1, 3, 4, 5, 8, 9, 100] {
                drops::restart();
                blink.put(T::new(250));
                let used = blink.allocator().allocated_bytes();
                let items = (0..).map(|id| {
                    if id == n {
                        panic_as_planned()
                    } else {
                        T::new(id)
                    }
                });
                let many = || _ = blink.emplace().from_iter(items);
                assert!(planned(many));
                assert_eq!(drops::dropped(), n as usize);
                // The block goes back, if it is in the chunk that it was in before.
                if n < 5 && blink.allocator().stats().chunks() == 1 {
                    // Up to the padding in front of it.
                    assert!(blink.allocator().allocated_bytes() - used < 64);
                }
                blink.put(T::new(251));
                blink.reset();
                assert_eq!(drops::dropped(), n as usize + 2);
                drops::assert_all_dropped();
                assert_fresh(&mut blink);
            }
        }
    }
    fn check<T: Counted>() {
        over::<T, BlinkAlloc<_>>();
        over::<T, SyncBlinkAlloc<_>>();
    }
    every_counted!(check);
}

#[test]
fn a_panic_at_the_nth_drop_while_a_panic_of_next_is_not_under_way() {
    // Items that were collected are dropped by a refusal-free path too: the slice as a whole
    // panics at its n-th item.
    fn over<T: Counted, A: Arena>() {
        for n in 0..20 {
            drops::restart();
            let mut blink = Blink::new_in(A::over(Base::plain()));
            blink.emplace().from_iter((10..20).map(T::new));
            blink.emplace().from_iter((0..10).map(T::new));
            drops::panic_after(n);
            assert!(planned(|| blink.reset()));
            drops::assert_all_dropped();
            if T::HAS_ID {
                assert_eq!(drops::order(), (0..20).collect::<Vec<_>>());
            }
        }
    }
    fn check<T: Counted>() {
        over::<T, BlinkAlloc<_>>();
        over::<T, SyncBlinkAlloc<_>>();
    }
    every_counted!(check);
}

#[test]
fn a_panic_of_next_after_it_allocated() {
    fn over<T: Counted, A: Arena>() {
        for base in Base::all() {
            let mut blink = Blink::new_in(A::over(base));
            for n in [1, 4, 5, 30] {
                drops::restart();
                let mut kept = Vec::new();
                let items = (0..).map(|id| {
                    kept.push((id, blink.copy_slice(&[id; 7])));
                    blink.put(T::new(100 + id));
                    if id == n {
                        panic_as_planned();
                    }
                    T::new(id)
                });
                assert!(planned(|| _ = blink.emplace().from_iter(items)));
                assert_eq!(drops::dropped(), n as usize);
                // What the iterator put stays.
                blink.emplace().from_iter([0xff_u8; 500]);
                assert!(kept.iter().all(|(id, slice)| **slice == [*id; 7]));
                blink.reset();
                drops::assert_all_dropped();
                assert_fresh(&mut blink);
            }
        }
    }
    fn check<T: Counted>() {
        over::<T, BlinkAlloc<_>>();
        over::<T, SyncBlinkAlloc<_>>();
    }
    every_counted!(check);
}

#[test]
fn a_panic_of_a_closure() {
    fn over<T: Counted, A: Arena>() {
        for base in Base::all() {
            let mut blink = Blink::new_in(A::over(base));
            drops::restart();
            blink.put(1_u8);
            let used = blink.allocator().allocated_bytes();
            let fail = || -> T { panic_as_planned() };
            assert!(planned(|| _ = blink.emplace().with(fail)));
            assert!(planned(|| _ = blink.emplace().try_with(fail)));
            if blink.allocator().stats().chunks() == 1 {
                // Up to the padding in front of it.
                assert!(blink.allocator().allocated_bytes() - used < 64);
            }
            assert_eq!(drops::made(), 0);

            // The place does not go back over what the closure has put.
            let mut kept = None;
            let fail = || -> T {
                kept = Some((blink.put(T::new(1)), blink.copy_str("kept")));
                panic_as_planned();
            };
            assert!(planned(|| _ = blink.emplace().with(fail)));
            blink.copy_slice(&[0xff_u8; 3000]);
            let (value, text) = kept.unwrap();
            assert!(!T::HAS_ID || value.id() == 1);
            assert_eq!(text, "kept");
            blink.reset();
            assert_eq!(drops::dropped(), 1);
            assert_fresh(&mut blink);
        }
    }
    fn check<T: Counted>() {
        over::<T, BlinkAlloc<_>>();
        over::<T, SyncBlinkAlloc<_>>();
    }
    every_counted!(check);
}

#[test]
fn a_panic_at_each_depth_of_nested_closures() {
    fn check<A: Arena>() {
        for at in 0..6 {
            drops::restart();
            let mut blink = Blink::new_in(A::over(Base::plain()));
            let step = |now: u32| {
                blink.put(Large::new(100 + now));
                if now == at {
                    panic_as_planned();
                }
            };
            let ended = planned(|| {
                blink.emplace().with(|| {
                    step(0);
                    blink.emplace().from_iter((0..3).map(|id| {
                        step(1);
                        blink.emplace().with(|| {
                            step(2 + id);
                            Wide::new(id)
                        });
                        Word::new(10 + id)
                    }));
                    Nothing::new(0)
                });
            });
            assert_eq!(ended, at < 5);
            blink.reset();
            drops::assert_counts();
            assert_fresh(&mut blink);
        }
    }
    check::<BlinkAlloc<_>>();
    check::<SyncBlinkAlloc<_>>();
}

#[test]
fn a_panicking_destructor_among_values_of_all_kinds() {
    fn check<A: Arena>() {
        for n in 0..14 {
            drops::restart();
            let mut blink = Blink::new_in(A::over(Base::plain()));
            blink.put(Nothing::new(0));
            fill::<Wide, A>(&blink);
            blink.emplace().from_iter((0..5).map(Nothing::new));
            blink.put(Box::new(7));
            blink.put(Large::new(9));
            drops::panic_after(n);
            assert!(planned(|| blink.reset()));
            assert_eq!(drops::dropped(), 14);
            assert_fresh(&mut blink);
        }
    }
    check::<BlinkAlloc<_>>();
    check::<SyncBlinkAlloc<_>>();
}

type EveryWay<T, A> = Vec<Way<T, Blink<A>>>;

/// Runs a way; panics where it does, and checks what it has put otherwise.
fn run<T: Counted, A: Arena>(
    way: &Way<T, Blink<A>>,
    blink: &mut Blink<A>,
    make: &Make,
    count: usize,
) {
    let outcome = way.run(blink, make, count);
    outcome.check(0, count);
    drop(outcome.into_owned());
}

/// What is in use after each of several failures: what there was, or with padding, which is
/// always the same.
#[derive(Default)]
struct Settled {
    before: usize,
    after: Option<usize>,
}

impl Settled {
    fn of<A: Arena>(blink: &Blink<A>) -> Self {
        Self {
            before: blink.allocator().allocated_bytes(),
            after: None,
        }
    }

    #[track_caller]
    fn check<A: Arena>(&mut self, blink: &Blink<A>, what: &str) {
        let used = blink.allocator().allocated_bytes();
        assert!(used - self.before < 64 + RED_ZONE, "{what}");
        if used != self.before {
            assert_eq!(*self.after.get_or_insert(used), used, "{what}");
        }
    }
}

#[test]
fn every_way_survives_a_panic_at_its_nth_step() {
    fn over<T: Counted, A: Arena>() {
        let mut steps = 0;
        for (base, roomy) in Base::all().zip([true, false].into_iter().cycle()) {
            let every: EveryWay<T, A> = ways();
            for way in &every {
                for &count in way.counts() {
                    let mut blink = Blink::new_in(A::over(base.again()));
                    if roomy {
                        blink.allocator().reserve(100_000);
                    }
                    blink.put(1_u8);
                    let mut settled = Settled::of(&blink);
                    for n in 0.. {
                        drops::restart();
                        let make = Make::with_hook(0, move |step| {
                            if step == n {
                                panic_as_planned();
                            }
                        });
                        if !planned(|| run(way, &mut blink, &make, count)) {
                            assert_eq!(make.steps(), n);
                            break;
                        }
                        // Nothing was put.
                        drops::assert_all_dropped();
                        if roomy {
                            settled.check(&blink, way.name);
                        }
                        steps += 1;
                    }
                    blink.reset();
                    drops::assert_counts();
                }
                assert_fresh(&mut Blink::new_in(A::over(base.again())));
            }
        }
        assert!(steps > 1000, "otherwise nothing is tested");
    }
    fn check<T: Counted>() {
        over::<T, BlinkAlloc<_>>();
        over::<T, SyncBlinkAlloc<_>>();
    }
    every_counted!(check);
}

#[test]
fn every_way_survives_a_panic_at_the_nth_drop_of_a_reset() {
    fn over<T: Counted, A: Arena>() {
        let every: EveryWay<T, A> = ways();
        for way in every.iter().filter(|way| way.drops) {
            for &count in way.counts() {
                let mut blink = Blink::new_in(A::over(Base::plain()));
                for n in 0.. {
                    drops::restart();
                    blink.put(T::new(120));
                    run(way, &mut blink, &Make::new(0), count);
                    blink.put(T::new(121));
                    drops::panic_after(n);
                    let panicked = planned(|| blink.reset());
                    drops::assert_all_dropped();
                    assert_eq!(blink.allocator().allocated_bytes(), 0);
                    if !panicked {
                        break;
                    }
                }
                assert_fresh(&mut blink);
            }
        }
    }
    fn check<T: Counted>() {
        over::<T, BlinkAlloc<_>>();
        over::<T, SyncBlinkAlloc<_>>();
    }
    every_counted!(check);
}

#[test]
fn every_way_survives_a_panic_at_its_nth_drop() {
    // The items before an error are dropped outside of any panic; so is what was cloned.
    fn over<T: Counted, A: Arena>() {
        let mut panics = 0;
        let every: EveryWay<T, A> = ways();
        for way in every.iter().filter(|way| way.drops) {
            for &count in way.counts() {
                let mut blink = Blink::new_in(A::over(Base::plain()));
                blink.allocator().reserve(100_000);
                let mut settled = Settled::of(&blink);
                for n in 0.. {
                    drops::restart();
                    drops::panic_after(n);
                    let mut end = None;
                    let panicked = planned(|| {
                        let outcome = way.run(&mut blink, &Make::new(0), count);
                        end = Some(outcome.end);
                        drop(outcome.into_owned());
                    });
                    drops::panic_after(usize::MAX);
                    if !panicked {
                        break;
                    }
                    panics += 1;
                    if way.name.contains("err") {
                        assert!(end.is_none_or(|end| end == End::Failed));
                        drops::assert_all_dropped();
                        settled.check(&blink, way.name);
                    }
                    blink.drop_all();
                    drops::assert_all_dropped();
                }
                blink.reset();
                drops::assert_all_dropped();
                assert_fresh(&mut blink);
            }
        }
        assert!(panics > 100, "otherwise nothing is tested");
    }
    fn check<T: Counted>() {
        over::<T, BlinkAlloc<_>>();
        over::<T, SyncBlinkAlloc<_>>();
    }
    every_counted!(check);
}

#[test]
fn every_way_survives_an_iterator_whose_drop_panics() {
    fn over<T: Counted, A: Arena>() {
        let mut panics = 0;
        let every: EveryWay<T, A> = ways();
        for way in &every {
            for &count in way.counts() {
                let mut blink = Blink::new_in(A::over(Base::plain()));
                blink.allocator().reserve(100_000);
                let mut settled = Settled::of(&blink);
                for _ in 0..2 {
                    drops::restart();
                    let make = Make::with_bomb(0);
                    if planned(|| run(way, &mut blink, &make, count)) {
                        drops::assert_all_dropped();
                        settled.check(&blink, way.name);
                        panics += 1;
                    }
                    blink.drop_all();
                    drops::assert_all_dropped();
                }
                blink.reset();
                assert_fresh(&mut blink);
            }
        }
        assert!(panics > 100, "otherwise nothing is tested");
    }
    fn check<T: Counted>() {
        over::<T, BlinkAlloc<_>>();
        over::<T, SyncBlinkAlloc<_>>();
    }
    every_counted!(check);
}
