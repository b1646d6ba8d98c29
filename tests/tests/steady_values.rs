//! The steady state of typed values and of containers.

use std::{
    mem,
    panic::{AssertUnwindSafe, catch_unwind},
};

use allocator_api2::{alloc::Allocator, vec::Vec as ArenaVec};
use blink_alloc::{Blink, BlinkAlloc, Frame, SyncBlinkAlloc};
use blink_tests::{
    adaptor::Adaptor,
    arena::{Arena, Leased},
    base::Base,
    drops::{self, Byte, Counted, Large, Nothing, Wide, Word},
    random::Random,
    time::budget,
    ways::{Make, frame_ways, ways},
};

/// Calls of the base allocator in cycles 3 to 6.
fn late_calls<A: Arena>(blink: &mut Blink<A>, mut run: impl FnMut(&mut Blink<A>)) -> usize {
    let mut late = 0;
    for cycle in 1..=6 {
        let before = blink.allocator().inner().calls();
        drops::restart();
        run(blink);
        blink.reset();
        drops::assert_counts();
        if cycle >= 3 {
            late += blink.allocator().inner().calls() - before;
        }
    }
    late
}

fn put_slice<T: Counted>(blink: &impl Adaptor, count: u32) {
    let items = (0..count).map(T::new);
    // Half of the lengths are known beforehand.
    if count.is_multiple_of(2) {
        blink.emplace().from_iter(items);
    } else {
        blink.emplace().from_iter(items.filter(|_| true));
    }
}

/// One of the ways to put something, and sometimes several inside each other.
fn put(blink: &impl Adaptor, random: &mut Random, depth: usize) {
    let count = random.scaled(60) as u32;
    match random.below(20 + usize::from(depth < 3)) {
        0 => _ = blink.put(Word::new(1)),
        1 => _ = blink.put(Wide::new(2)),
        2 => _ = blink.put(Large::new(3)),
        3 => _ = blink.put(Nothing::new(4)),
        4 => _ = blink.put([count; 9]),
        5 => _ = blink.copy_slice(&vec![7_u8; count as usize * 10]),
        6 => put_slice::<Byte>(blink, count),
        7 => put_slice::<Wide>(blink, count),
        8 => put_slice::<Large>(blink, count / 4),
        9 => _ = blink.uninit::<[u16; 77]>(),
        10 => {
            // A panic gives a place back.
            let panics = || -> [u8; 100] { drops::panic_as_planned() };
            let put = || _ = blink.emplace().with(panics);
            assert!(catch_unwind(AssertUnwindSafe(put)).is_err());
        }
        11 => {
            _ = blink
                .emplace()
                .from_iter((0..count).filter(|at| at % 3 == 0))
        }
        12 => _ = blink.put_box(vec![count; count as usize].into_boxed_slice()),
        13 => _ = blink.put_slice((0..count).map(Word::new).collect::<Vec<_>>()),
        14 => _ = blink.fill(count as usize, Byte::new(6)),
        15 => _ = blink.clone_slice(&[Wide::new(7), Wide::new(8)]),
        16 => {
            // An error gives the place back.
            let fails = || Err::<Large, _>(count);
            _ = blink.emplace_no_drop().with_fallible(fails);
        }
        17 => {
            let items = (0..count).map(|at| (at < 20).then(|| Word::new(at)).ok_or(at));
            _ = blink.fill_iter_fallible(items);
        }
        18 => {
            let mut items = ArenaVec::new_in(blink.allocator());
            items.extend((0..count).map(Word::new));
            blink.put_slice(items);
        }
        19 => {
            blink.fill_with(count as usize % 7, |at| {
                if depth < 3 {
                    put(blink, random, depth + 1);
                }
                Byte::new(at as u32)
            });
        }
        _ => {
            blink.emplace().with(|| {
                put(blink, random, depth + 1);
                Word::new(5)
            });
            blink.emplace().from_iter((0..count).inspect(|_| {
                put(blink, random, depth + 1);
            }));
        }
    }
}

#[test]
fn random_values_become_steady() {
    fn check<A: Arena>() {
        for base in Base::all() {
            let mut random = Random::new(11);
            let mut blink = Blink::new_in(A::over(base.again()));
            for number in 0..budget(60) {
                if number % 3 == 0 {
                    blink = Blink::new_in(A::over(base.again()));
                }
                let (seed, count) = (random.number(), random.scaled(500));
                let late = late_calls(&mut blink, |blink| {
                    // The same numbers in each cycle.
                    let mut random = Random::new(seed);
                    (0..count).for_each(|_| put(blink, &mut random, 0));
                });
                assert_eq!(late, 0, "{}, {:?}, {number}", A::NAME, base.shape());
            }
        }
    }
    check::<BlinkAlloc<_>>();
    check::<SyncBlinkAlloc<_>>();
    check::<Leased<_>>();
}

#[test]
fn every_way_becomes_steady() {
    fn over<T: Counted, A: Arena>() {
        for (base, way) in Base::all().cycle().zip(&ways::<T, _>()) {
            for count in way.counts() {
                let mut blink = Blink::new_in(A::over(base.again()));
                let late = late_calls(&mut blink, |blink| {
                    for from in 0..9 {
                        let outcome = way.run(blink, &Make::new(from), *count);
                        drop(outcome.into_owned());
                        blink.put(1_u8);
                    }
                });
                assert_eq!(late, 0, "{}, {count}, {:?}", way.name, base.shape());
            }
        }
    }
    fn check<T: Counted>() {
        over::<T, BlinkAlloc<_>>();
        over::<T, SyncBlinkAlloc<_>>();
        over::<T, Leased<_>>();
    }
    blink_tests::every_counted!(check);
}

#[test]
fn one_type_at_a_time_becomes_steady() {
    fn over<T: Counted, A: Arena>() {
        for base in Base::all() {
            for count in [1, 10, 100, 2000] {
                let mut blink = Blink::new_in(A::over(base.again()));
                let late = late_calls(&mut blink, |blink| {
                    (0..count).for_each(|_| _ = blink.put(T::new(1)));
                    put_slice::<T>(blink, count);
                    put_slice::<T>(blink, count + 1);
                });
                assert_eq!(late, 0, "{:?}, {count}", base.shape());
            }
        }
    }
    fn check<T: Counted>() {
        over::<T, BlinkAlloc<_>>();
        over::<T, SyncBlinkAlloc<_>>();
        over::<T, Leased<_>>();
    }
    blink_tests::every_counted!(check);
}

/// Vectors that grow in turns and are dropped in one order or the other.
fn grow_vectors<A: Allocator + Copy>(arena: A, random: &mut Random) {
    let mut all: Vec<ArenaVec<u64, A>> = Vec::new();
    for _ in 0..random.scaled(20) {
        all.push(ArenaVec::new_in(arena));
    }
    for at in 0..random.scaled(5000) as u64 {
        let index = random.below(all.len());
        all[index].push(at);
        if random.once_in(500) {
            all[index].shrink_to_fit();
        }
        if random.once_in(700) {
            all[index] = ArenaVec::with_capacity_in(random.scaled(400), arena);
        }
    }
    if random.once_in(2) {
        all.reverse();
    }
}

#[test]
fn growing_vectors_become_steady() {
    fn check<A: Arena>() {
        for base in Base::all() {
            let mut random = Random::new(12);
            for _ in 0..budget(40) {
                let seed = random.number();
                let mut blink = Blink::new_in(A::over(base.again()));
                let late = late_calls(&mut blink, |blink| {
                    grow_vectors(blink.allocator(), &mut Random::new(seed));
                });
                assert_eq!(late, 0, "{:?}, seed {seed}", base.shape());
            }
        }
    }
    check::<BlinkAlloc<_>>();
    check::<SyncBlinkAlloc<_>>();
    check::<Leased<_>>();
}

/// Puts values into a frame, and into frames inside, which end in every way.
fn fill_frame<A: Arena>(frame: &mut Frame<'_, A>, random: &mut Random, depth: usize) {
    for _ in 0..random.scaled(30) {
        match random.below(12) {
            _ if depth == 0 => put(frame, random, 2),
            0 => frame.scope(|frame| fill_frame(frame, random, depth - 1)),
            1 => fill_frame(frame.enter().frame(), random, depth - 1),
            2 => {
                let mut guard = frame.enter();
                fill_frame(guard.frame(), random, depth - 1);
                mem::forget(guard);
            }
            3 => {
                let panics = || {
                    frame.scope(|frame| {
                        fill_frame(frame, random, depth - 1);
                        drops::panic_as_planned();
                    })
                };
                assert!(drops::planned(panics));
            }
            4 => _ = frame.fill(random.scaled(100_000), 1_u8),
            5 => {
                let mut items = ArenaVec::new_in(&*frame);
                items.extend(0..random.scaled(5000));
                Frame::keep(items);
            }
            6 => grow_vectors(&*frame, random),
            _ => put(frame, random, 1),
        }
    }
}

#[test]
fn random_frames_become_steady() {
    fn check<A: Arena>() {
        for base in Base::all() {
            let mut random = Random::new(13);
            let mut blink = Blink::new_in(A::over(base.again()));
            for number in 0..budget(20) {
                if number % 3 == 0 {
                    blink = Blink::new_in(A::over(base.again()));
                }
                let seed = random.number();
                let late = late_calls(&mut blink, |blink| {
                    fill_frame(&mut blink.as_frame(), &mut Random::new(seed), 3);
                });
                assert_eq!(late, 0, "{}, {:?}, {number}", A::NAME, base.shape());
            }
        }
    }
    check::<BlinkAlloc<_>>();
    check::<SyncBlinkAlloc<_>>();
    check::<Leased<_>>();
}

#[test]
fn equal_frames_become_steady_within_a_cycle() {
    fn check<A: Arena>() {
        for base in Base::all() {
            let mut random = Random::new(14);
            let base = base.again();
            let mut blink = Blink::new_in(A::over(base.clone()));
            for number in 0..budget(25) {
                let mut root = blink.as_frame();
                let seed = random.number();
                for turn in 1..=5 {
                    let calls = base.calls();
                    root.scope(|frame| fill_frame(frame, &mut Random::new(seed), 3));
                    assert!(
                        turn < 3 || base.calls() == calls,
                        "{:?}, {number}",
                        base.shape()
                    );
                }
                put(&root, &mut random, 0);
                if number % 5 == 4 {
                    blink.reset();
                }
            }
        }
    }
    check::<BlinkAlloc<_>>();
    check::<SyncBlinkAlloc<_>>();
    check::<Leased<_>>();
}

#[test]
fn every_way_becomes_steady_in_frames() {
    fn over<T: Counted, A: Arena>() {
        for (base, number) in Base::all().cycle().zip(0..frame_ways::<T, A>().len()) {
            let base = base.again();
            let mut blink = Blink::new_in(A::over(base.clone()));
            let run = |frame: &mut Frame<'_, A>| {
                let way = frame_ways().swap_remove(number);
                for (&count, from) in way.counts().iter().cycle().zip(0..9) {
                    let outcome = way.run(frame, &Make::new(from), count);
                    drop::<Vec<T>>(outcome.into_owned());
                    frame.put(1_u8);
                }
            };
            let late = late_calls(&mut blink, |blink| {
                for turn in 0..4 {
                    let calls = base.calls();
                    blink.scope(|frame| run(frame));
                    assert!(turn < 2 || base.calls() == calls);
                }
            });
            assert_eq!(late, 0, "{number}, {:?}", base.shape());
        }
    }
    fn check<T: Counted>() {
        over::<T, BlinkAlloc<_>>();
        over::<T, SyncBlinkAlloc<_>>();
        over::<T, Leased<_>>();
    }
    blink_tests::every_counted!(check);
}
