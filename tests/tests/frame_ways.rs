//! Every way to put values, into frames: each value is dropped once, at the end of its frame,
//! and its memory is that of the next one.

use std::mem;

use blink_alloc::{Blink, BlinkAlloc, Frame, SyncBlinkAlloc};
use blink_tests::{
    arena::{Arena, Leased},
    base::Base,
    drops::{self, Counted, panic_as_planned, planned},
    every_counted,
    ways::{Make, Outcome, Way, frame_ways},
};

/// Calls a function with an adaptor and the number of a way, for every way over every kind of
/// arena. Base allocators take turns.
macro_rules! every_way {
    ($check:ident::<$value:ident>) => {
        let count = frame_ways::<$value, BlinkAlloc<Base>>().len();
        for (turn, base) in Base::all().enumerate() {
            for way in 0..count {
                match (way + turn) % 5 {
                    0 => $check::<$value, BlinkAlloc<_, 1>>(&mut adaptor(&base), way),
                    1 => $check::<$value, BlinkAlloc<_, 8>>(&mut adaptor(&base), way),
                    2 => $check::<$value, BlinkAlloc<_, 16>>(&mut adaptor(&base), way),
                    3 => $check::<$value, SyncBlinkAlloc<_>>(&mut adaptor(&base), way),
                    _ => $check::<$value, Leased<_>>(&mut adaptor(&base), way),
                }
            }
        }
    };
}

fn adaptor<A: Arena>(base: &Base) -> Blink<A> {
    Blink::new_in(A::over(base.again()))
}

/// The way with a number. It is for frames of one lifetime.
fn way<'f, T: Counted, A: Arena>(number: usize) -> Way<T, Frame<'f, A>> {
    frame_ways().swap_remove(number)
}

/// The ids of those values that the frame drops. The others are dropped here.
fn keep<T: Counted>(outcome: Outcome<'_, T>, drops: bool) -> Vec<u32> {
    let put = outcome.put();
    drop(outcome.into_owned());
    let kept = if drops { put } else { &[] };
    kept.iter().map(T::id).collect()
}

/// What is put into one frame.
#[derive(Default)]
struct Put {
    /// The ids of what it drops together, oldest first.
    entries: Vec<Vec<u32>>,
    /// Where there was something behind each.
    addresses: Vec<usize>,
}

impl Put {
    /// Puts any number of values.
    fn all<T: Counted, A: Arena>(frame: &mut Frame<'_, A>, way: usize) -> Self {
        let mut this = Self::default();
        let way = self::way::<T, A>(way);
        for (&count, from) in way.counts().iter().zip((0..).step_by(10)) {
            let outcome = way.run(frame, &Make::new(from), count);
            outcome.check(from, count);
            this.entries.push(keep(outcome, way.drops));
            let behind: *const u8 = frame.put_no_drop(1);
            this.addresses.push(behind.addr());
        }
        this
    }

    /// Looks that `end` drops just these, newest first.
    #[track_caller]
    fn assert_dropped_by(&self, end: impl FnOnce()) {
        let before = drops::dropped();
        end();
        let newest_first: Vec<_> = self.entries.iter().rev().flatten().copied().collect();
        assert_eq!(drops::order_from(before), newest_first);
    }
}

fn frames_in_a_frame<T: Counted, A: Arena>(blink: &mut Blink<A>, way: usize) {
    drops::restart();
    let base = blink.allocator().inner().clone();
    let mut outer = blink.enter();
    let frame = outer.frame();
    let mut put = Put::all::<T, A>(frame, way);
    let value = frame.put(T::new(200));
    let id = value.id();
    put.entries.push(vec![id]);

    let mut addresses = Vec::new();
    for turn in 0..4 {
        let calls = base.calls();
        let mut guard = frame.enter();
        let put = Put::all::<T, A>(guard.frame(), way);
        put.assert_dropped_by(|| drop(guard));
        let before = mem::replace(&mut addresses, put.addresses);
        // The first frame may find the rest of a chunk that is not gone back to.
        if turn > 1 {
            assert_eq!(addresses, before, "memory is lost");
            assert_eq!(base.calls(), calls);
        }
    }
    // A forgotten guard leaves its values to the frame around it.
    let mut guard = frame.enter();
    put.entries
        .append(&mut Put::all::<T, A>(guard.frame(), way).entries);
    mem::forget(guard);

    assert_eq!(value.id(), id);
    put.assert_dropped_by(|| drop(outer));
    drops::assert_counts();
    assert_eq!(blink.allocator().allocated_bytes(), 0);
}

#[test]
fn every_way_drops_once_at_the_end_of_its_frame() {
    fn check<T: Counted>() {
        every_way!(frames_in_a_frame::<T>);
    }
    every_counted!(check);
}

/// Runs a way with a value before and behind. Where it panics, so does this.
fn run<T: Counted, A: Arena>(frame: &mut Frame<'_, A>, number: usize, make: &Make, count: usize) {
    let way = way::<T, A>(number);
    frame.put(T::new(120));
    let outcome = way.run(frame, make, count);
    outcome.check(0, count);
    keep(outcome, way.drops);
    frame.put(T::new(121));
}

/// Numbers of values where each may panic.
fn few<T: Counted, A: Arena>(number: usize) -> impl Iterator<Item = usize> {
    let counts = way::<T, A>(number).counts().iter().copied();
    counts.filter(|&count| count < 10)
}

fn panic_at_each_step<T: Counted, A: Arena>(blink: &mut Blink<A>, number: usize) {
    blink.put(1_u8);
    let used = blink.allocator().allocated_bytes();
    for count in few::<T, A>(number) {
        for n in 0.. {
            drops::restart();
            let make = Make::with_hook(0, move |step| {
                if step == n {
                    panic_as_planned();
                }
            });
            let panicked =
                planned(|| blink.scope(|frame| run::<T, A>(frame, number, &make, count)));
            drops::assert_all_dropped();
            assert_eq!(blink.allocator().allocated_bytes(), used);
            if !panicked {
                break;
            }
        }
    }
}

#[test]
fn every_way_may_panic_in_a_frame_at_its_nth_step() {
    fn check<T: Counted>() {
        every_way!(panic_at_each_step::<T>);
    }
    every_counted!(check);
}

fn panic_at_each_drop<T: Counted, A: Arena>(blink: &mut Blink<A>, number: usize) {
    blink.put(1_u8);
    let used = blink.allocator().allocated_bytes();
    for count in few::<T, A>(number) {
        for n in 0.. {
            drops::restart();
            let panicked = planned(|| {
                blink.scope(|frame| {
                    run::<T, A>(frame, number, &Make::new(0), count);
                    drops::panic_after(n);
                })
            });
            drops::assert_all_dropped();
            assert_eq!(blink.allocator().allocated_bytes(), used);
            if !panicked {
                break;
            }
        }
    }
}

#[test]
fn every_frame_ends_although_its_nth_destructor_panics() {
    fn check<T: Counted>() {
        every_way!(panic_at_each_drop::<T>);
    }
    every_counted!(check);
}

fn refused_at_each_call<T: Counted, A: Arena>(blink: &mut Blink<A>, number: usize) {
    let base = blink.allocator().inner().clone();
    if !way::<T, A>(number).tries() {
        return;
    }
    for &count in way::<T, A>(number).counts() {
        for (n, times) in [(0, 1), (0, 2), (0, usize::MAX), (1, 1), (1, usize::MAX)] {
            for room in [0, 100, 500] {
                // Its chunks go back here.
                *blink = Blink::new_in(A::over(base.clone()));
                drops::restart();
                let before = blink.allocator().stats();
                blink.scope(|frame| {
                    frame.copy_slice(&vec![7_u8; room]);
                    base.refuse(n, times);
                    let way = way::<T, A>(number);
                    let outcome = way.run(frame, &Make::new(0), count);
                    outcome.check(0, count);
                    keep(outcome, way.drops);
                    base.obey();
                });
                drops::assert_counts();
                assert_eq!(blink.allocator().allocated_bytes(), before.used());
            }
        }
    }
}

#[test]
fn every_way_may_be_refused_in_a_frame() {
    fn check<T: Counted>() {
        every_way!(refused_at_each_call::<T>);
    }
    every_counted!(check);
}

/// Overwrites all memory behind what is there, several times.
fn overwrite<A: Arena>(frame: &mut Frame<'_, A>) {
    for size in [1, 100, 1000, 20_000, 100] {
        frame.scope(|frame| frame.fill(size, 0xee_u8).fill(0xff));
    }
}

fn results_of_each_method<T: Counted, A: Arena>(base: Base) {
    drops::restart();
    let mut blink = adaptor::<A>(&base);
    let mut outer = blink.enter();
    let frame = outer.frame();
    let mut values: Vec<&[T]> = Vec::new();
    let mut keep = |frame: &mut Frame<'_, A>, slice| {
        values.push(slice);
        overwrite(frame);
    };
    let items = || (0..5).map(T::new);
    let one = frame.put(T::new(0));
    keep(frame, std::slice::from_ref(one));
    let one = frame.emplace().with(|| T::new(0));
    keep(frame, std::slice::from_ref(one));
    let one = frame.put_box(Box::new(T::new(0)));
    keep(frame, std::slice::from_ref(one));
    let five = frame.fill_iter(items());
    keep(frame, five);
    let five = frame.fill_with(5, |at| T::new(at as u32));
    keep(frame, five);
    let five = frame.put_slice(items().collect::<Vec<_>>());
    keep(frame, five);
    let five = frame.put_box(items().collect::<Box<[_]>>());
    keep(frame, five);
    let five = frame.clone_slice(&items().collect::<Vec<_>>());
    keep(frame, five);
    let text = frame.copy_str("as it was");
    overwrite(frame);
    assert_eq!(text, "as it was");
    let values_put: usize = values.iter().map(|slice| slice.len()).sum();
    for slice in values {
        blink_tests::ways::assert_ids(slice, 0);
    }
    let before = drops::dropped();
    drop(outer);
    assert_eq!(drops::dropped() - before, values_put);
    drops::assert_counts();
}

#[test]
fn what_a_frame_holds_stays_beside_the_frames_inside() {
    fn check<T: Counted>() {
        for base in Base::all() {
            results_of_each_method::<T, BlinkAlloc<_, 1>>(base.again());
            results_of_each_method::<T, BlinkAlloc<_, 8>>(base.again());
            results_of_each_method::<T, BlinkAlloc<_, 16>>(base.again());
            results_of_each_method::<T, SyncBlinkAlloc<_>>(base.again());
            results_of_each_method::<T, Leased<_>>(base);
        }
    }
    every_counted!(check);
}
