//! Panics in destructors, iterators and closures: every value is dropped once, and the arena
//! goes on.

use blink_alloc::{Blink, BlinkAlloc};
use blink_tests::{
    base::Base,
    drops::{self, Counted, Large, Nothing, Wide, Word, panic_as_planned, planned},
    every_counted,
};

type Adaptor = Blink<BlinkAlloc<Base>>;

/// Mixed values, and how many. Ids are in the order of the drops.
fn fill<T: Counted>(blink: &Adaptor) -> usize {
    blink.put(T::new(6));
    blink.emplace().from_iter((2..6).map(T::new));
    blink.copy_str("between");
    blink.emplace().with(|| T::new(1));
    blink.put(T::new(0));
    7
}

/// The arena is empty, and works as a new one does.
fn assert_fresh(blink: &mut Adaptor) {
    assert_eq!(blink.allocator().allocated_bytes(), 0);
    drops::restart();
    let count = fill::<Word>(blink);
    blink.reset();
    assert_eq!(drops::order(), (0..count as u32).collect::<Vec<_>>());
    assert_eq!(blink.allocator().allocated_bytes(), 0);
}

#[test]
fn a_panic_at_the_nth_drop_of_a_reset() {
    fn check<T: Counted>() {
        for base in Base::all() {
            let mut blink = Blink::new_in(BlinkAlloc::new_in(base));
            for n in 0..8 {
                drops::restart();
                let count = fill::<T>(&blink);
                drops::panic_after(n);
                assert_eq!(planned(|| blink.reset()), n < count);
                assert_eq!(drops::dropped(), count);
                drops::assert_all_dropped();
                assert_fresh(&mut blink);
            }
        }
    }
    every_counted!(check);
}

#[test]
fn a_panic_at_the_nth_drop_of_drop_all() {
    fn check<T: Counted>() {
        let mut blink = Blink::new_in(BlinkAlloc::new_in(Base::plain()));
        for n in 0..8 {
            drops::restart();
            let count = fill::<T>(&blink);
            drops::panic_after(n);
            assert_eq!(planned(|| blink.drop_all()), n < count);
            drops::assert_all_dropped();
            blink.reset();
            drops::assert_all_dropped();
            assert_fresh(&mut blink);
        }
    }
    every_counted!(check);
}

#[test]
fn a_panic_at_the_nth_drop_of_the_adaptor() {
    fn check<T: Counted>() {
        for n in 0..8 {
            drops::restart();
            let base = Base::plain();
            let blink = Blink::new_in(BlinkAlloc::new_in(base.clone()));
            let count = fill::<T>(&blink);
            drops::panic_after(n);
            assert_eq!(planned(|| drop(blink)), n < count);
            drops::assert_all_dropped();
            assert_eq!(base.live(), 0, "the memory goes back all the same");
        }
    }
    every_counted!(check);
}

#[test]
fn an_adaptor_dropped_by_a_panic_drops_its_values() {
    fn check<T: Counted>() {
        drops::restart();
        let base = Base::plain();
        assert!(planned(|| {
            let blink = Blink::new_in(BlinkAlloc::new_in(base.clone()));
            fill::<T>(&blink);
            panic_as_planned();
        }));
        assert_eq!(drops::dropped(), 7);
        drops::assert_all_dropped();
        assert_eq!(base.live(), 0);
    }
    every_counted!(check);
}

#[test]
fn a_panic_at_the_nth_next() {
    fn check<T: Counted>() {
        for base in Base::all() {
            let mut blink = Blink::new_in(BlinkAlloc::new_in(base));
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
    every_counted!(check);
}

#[test]
fn a_panic_at_the_nth_drop_while_a_panic_of_next_is_not_under_way() {
    // Items that were collected are dropped by a refusal-free path too: the slice as a whole
    // panics at its n-th item.
    fn check<T: Counted>() {
        for n in 0..20 {
            drops::restart();
            let mut blink = Blink::new_in(BlinkAlloc::new_in(Base::plain()));
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
    every_counted!(check);
}

#[test]
fn a_panic_of_next_after_it_allocated() {
    fn check<T: Counted>() {
        for base in Base::all() {
            let mut blink = Blink::new_in(BlinkAlloc::new_in(base));
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
    every_counted!(check);
}

#[test]
fn a_panic_of_a_closure() {
    fn check<T: Counted>() {
        for base in Base::all() {
            let mut blink = Blink::new_in(BlinkAlloc::new_in(base));
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
    every_counted!(check);
}

#[test]
fn a_panic_at_each_depth_of_nested_closures() {
    for at in 0..6 {
        drops::restart();
        let mut blink = Blink::new_in(BlinkAlloc::new_in(Base::plain()));
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

#[test]
fn a_panicking_destructor_among_values_of_all_kinds() {
    for n in 0..14 {
        drops::restart();
        let mut blink = Blink::new_in(BlinkAlloc::new_in(Base::plain()));
        blink.put(Nothing::new(0));
        fill::<Wide>(&blink);
        blink.emplace().from_iter((0..5).map(Nothing::new));
        blink.put(Box::new(7));
        blink.put(Large::new(9));
        drops::panic_after(n);
        assert!(planned(|| blink.reset()));
        assert_eq!(drops::dropped(), 14);
        assert_fresh(&mut blink);
    }
}
